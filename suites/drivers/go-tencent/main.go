// Drives the common client of tencentcloud-sdk-go over each signature.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tcerr "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

type object = map[string]any

type request struct {
	ID            int
	Call, Binding string
	Members       json.RawMessage
	Timeout       float64
}

const sdk = "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"

// The common client takes the version of the API from its caller.
var versions = map[string]string{"iai": "2018-03-01", "organization": "2021-03-31", "sts": "2018-08-13"}
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
		"actions":  []string{"tencent/iai/*", "tencent/organization/*", "tencent/sts/*"},
		"bindings": slices.Collect(maps.Keys(bindings))}
}

func call(r request) object {
	path := strings.Split(r.Call, "/")
	version := versions[path[1]]
	if version == "" {
		return object{"unsupported": "no client for " + r.Call}
	}
	options := profile.NewClientProfile()
	options.SignMethod, options.HttpProfile.ReqMethod = bindings[r.Binding][0], bindings[r.Binding][1]
	options.HttpProfile.Scheme, options.HttpProfile.Endpoint, _ = strings.Cut(os.Getenv("ASSAY_ENDPOINT"), "://")
	options.HttpProfile.ReqTimeout = int(math.Ceil(r.Timeout))
	client := common.NewCommonClient(common.NewCredential(os.Getenv("ASSAY_ID"), os.Getenv("ASSAY_KEY")), "", options)
	sent, received := tchttp.NewCommonRequest(path[1], version, path[2]), tchttp.NewCommonResponse()
	err := sent.SetActionParameters(special.ReplaceAll(r.Members, []byte("$1")))
	if err == nil {
		err = client.Send(sent, received)
	}
	if err == nil {
		var body struct{ Response object }
		_ = json.Unmarshal(tokens.ReplaceAllFunc(received.GetBody(), lossless), &body)
		return object{"ok": body.Response, "requestId": body.Response["RequestId"]}
	}
	refusal, kind := &tcerr.TencentCloudSDKError{}, "network"
	// The SDK has codes of its own, which come without a request id.
	if errors.As(err, &refusal) && refusal.RequestId != "" {
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
