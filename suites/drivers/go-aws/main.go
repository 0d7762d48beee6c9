// Drives aws-sdk-go-v2/service/rekognition: an action is the method of its name.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/rekognition"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

type object = map[string]any

type request struct {
	ID, Retries int // -1: the default of the SDK, for which its option is 0
	Call        string
	Members     json.RawMessage
	Timeout     float64
}

const sdk, prefix = "github.com/aws/aws-sdk-go-v2/service/rekognition", "aws/rekognition/"

// The long integers of a JSON text outside its strings, and the two objects that stand for integers and bytes.
var tokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*`)
var special = regexp.MustCompile(`\{"\$(?:int":"(-?[0-9]+)"|base64":("[^"]*"))\}`)

func hello() object {
	build, _ := debug.ReadBuildInfo()
	i := slices.IndexFunc(build.Deps, func(m *debug.Module) bool { return m.Path == sdk })
	return object{"sdk": sdk, "version": build.Deps[i].Version, "actions": []string{prefix + "*"},
		"bindings": []string{"awsjson11"}, "can": []string{"timeout", "retries"}, "lossless": true}
}

func call(r request) object {
	key := aws.Credentials{AccessKeyID: os.Getenv("ASSAY_ID"), SecretAccessKey: os.Getenv("ASSAY_KEY")}
	client := rekognition.New(rekognition.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(os.Getenv("ASSAY_ENDPOINT")), RetryMaxAttempts: r.Retries + 1,
		HTTPClient:  awshttp.NewBuildableClient().WithTimeout(time.Duration(r.Timeout * float64(time.Second))),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return key, nil })})
	method := reflect.ValueOf(client).MethodByName(strings.TrimPrefix(r.Call, prefix))
	if !method.IsValid() {
		return object{"unsupported": "the client has no method for " + r.Call}
	}
	input := reflect.New(method.Type().In(1).Elem())
	decoder := json.NewDecoder(bytes.NewReader(special.ReplaceAll(r.Members, []byte("$1$2"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(input.Interface()); err != nil {
		return object{"unsupported": "the input cannot be made: " + err.Error()}
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
	if err, failed := out[1].Interface().(error); failed {
		response, refusal := &awshttp.ResponseError{}, smithy.APIError(nil)
		_ = errors.As(err, &response)
		message := object{"kind": "network", "message": err.Error(), "requestId": response.ServiceRequestID()}
		if errors.As(err, new(smithy.InvalidParamsError)) {
			message["kind"] = "client"
		} else if errors.As(err, &refusal) && refusal.ErrorCode() != "UnknownError" {
			message["kind"], message["code"] = "api", refusal.ErrorCode()
		}
		return object{"error": message}
	}
	metadata := out[0].Elem().FieldByName("ResultMetadata").Interface().(middleware.Metadata)
	requestID, _ := awsmiddleware.GetRequestIDMetadata(metadata)
	text, _ := json.Marshal(out[0].Interface())
	return object{"ok": json.RawMessage(tokens.ReplaceAllFunc(text, lossless)), "requestId": requestID}
}

func lossless(token []byte) []byte {
	if len(token) < 16 || bytes.ContainsAny(token, `".eE`) {
		return token
	}
	return []byte(`{"$int":"` + string(token) + `"}`)
}

func main() {
	in, message := json.NewDecoder(os.Stdin), request{Retries: -1}
	for ; in.Decode(&message) == nil; message = (request{Retries: -1}) {
		answer := hello()
		if message.Call != "" {
			answer = call(message)
		}
		answer["id"] = message.ID
		_ = json.NewEncoder(os.Stdout).Encode(answer)
	}
}
