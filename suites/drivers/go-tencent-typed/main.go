// Drives the typed client of iai in tencentcloud-sdk-go over each signature: an action is the method of its name.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"os"
	"reflect"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tcerr "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	iai "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/iai/v20180301"
)

type object = map[string]any
type request struct {
	ID            int
	Call, Binding string
	Members       json.RawMessage
	Timeout       float64
}

const sdk = "github.com/tencentcloud/tencentcloud-sdk-go"
var bindings = map[string][2]string{
	"tc3-post": {"TC3-HMAC-SHA256", "POST"}, "tc3-get": {"TC3-HMAC-SHA256", "GET"},
	"v1-get-sha1": {"HmacSHA1", "GET"}, "v1-get-sha256": {"HmacSHA256", "GET"},
	"v1-post-sha1": {"HmacSHA1", "POST"}, "v1-post-sha256": {"HmacSHA256", "POST"},
}

// The strings and numbers of a JSON text, and the object that stands for an integer.
var tokens = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*`)
var special = regexp.MustCompile(`\{"\$int":"(-?[0-9]+)"\}`)

func hello() object {
	build, _ := debug.ReadBuildInfo()
	i := slices.IndexFunc(build.Deps, func(m *debug.Module) bool { return m.Path == sdk })
	return object{"sdk": sdk, "version": build.Deps[i].Version, "can": []string{"timeout"}, "lossless": true,
		"actions": []string{"tencent/iai/*"}, "bindings": slices.Collect(maps.Keys(bindings))}
}

func call(r request) object {
	options := profile.NewClientProfile()
	options.SignMethod, options.HttpProfile.ReqMethod = bindings[r.Binding][0], bindings[r.Binding][1]
	options.HttpProfile.Scheme, options.HttpProfile.Endpoint, _ = strings.Cut(os.Getenv("ASSAY_ENDPOINT"), "://")
	options.HttpProfile.ReqTimeout = int(math.Ceil(r.Timeout))
	client, _ := iai.NewClient(common.NewCredential(os.Getenv("ASSAY_ID"), os.Getenv("ASSAY_KEY")), "", options)
	name := strings.TrimPrefix(r.Call, "tencent/iai/")
	method := reflect.ValueOf(client).MethodByName(name)
	if !method.IsValid() {
		return object{"unsupported": "the client of iai has no method for " + r.Call}
	}
	input, base := reflect.New(method.Type().In(0).Elem()), &tchttp.BaseRequest{}
	base.Init().WithApiInfo("iai", iai.APIVersion, name)
	input.Elem().FieldByName("BaseRequest").Set(reflect.ValueOf(base))
	typed := input.Interface().(interface{ FromJsonString(string) error })
	if err := typed.FromJsonString(string(special.ReplaceAll(r.Members, []byte("$1")))); err != nil {
		return object{"unsupported": err.Error()}
	}
	out := method.Call([]reflect.Value{input})
	err, _ := out[1].Interface().(error)
	if err == nil {
		var body struct{ Response object }
		_ = json.Unmarshal(tokens.ReplaceAllFunc([]byte(out[0].Interface().(interface{ ToJsonString() string }).ToJsonString()), lossless), &body)
		return object{"ok": body.Response, "requestId": body.Response["RequestId"]}
	}
	refusal, kind := &tcerr.TencentCloudSDKError{}, "network"
	if errors.As(err, &refusal) && refusal.RequestId != "" { // its own errors have no request id
		kind = "api"
	}
	return object{"error": object{"kind": kind, "code": refusal.Code, "message": err.Error(), "requestId": refusal.RequestId}}
}

func lossless(token []byte) []byte {
	if len(token) < 16 || bytes.ContainsAny(token, `".eE`) {
		return token
	}
	return []byte(`{"$int":"` + string(token) + `"}`)
}

func main() {
	in, message := json.NewDecoder(os.Stdin), request{}
	for ; in.Decode(&message) == nil; message = (request{}) {
		answer := hello()
		if message.Call != "" {
			answer = call(message)
		}
		answer["id"] = message.ID
		_ = json.NewEncoder(os.Stdout).Encode(answer)
	}
}
