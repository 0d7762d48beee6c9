/** Drives tencentcloud-sdk-nodejs-common over each signature, and Tencent IM with fetch and a UserSig of tls-sig-api-v2. */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { CommonClient } from "tencentcloud-sdk-nodejs-common";

const require = createRequire(import.meta.url);
const { Api } = require("tls-sig-api-v2");
const { ASSAY_ENDPOINT: url, ASSAY_ID: id, ASSAY_KEY: key, ASSAY_APP: app } = process.env;
const endpoint = new URL(url).host;

/** The common client takes the version of the API from its caller. */
const versions = { iai: "2018-03-01", organization: "2021-03-31", sts: "2018-08-13" };
const bindings = {
  "tc3-post": ["TC3-HMAC-SHA256", "POST"],
  "tc3-get": ["TC3-HMAC-SHA256", "GET"],
  "v1-get-sha1": ["HmacSHA1", "GET"],
  "v1-get-sha256": ["HmacSHA256", "GET"],
  "v1-post-sha1": ["HmacSHA1", "POST"],
  "v1-post-sha256": ["HmacSHA256", "POST"],
};
/** The path of an action of Tencent IM, whose services are folders. */
const imFolder = (name) => (name.startsWith("account_") ? "im_open_login_svc" : "group_open_http_svc");

const hello = () => ({
  sdk: "tencentcloud-sdk-nodejs-common",
  version: require("tencentcloud-sdk-nodejs-common/package.json").version,
  actions: [...Object.keys(versions), "im"].map((service) => `tencent/${service}/*`),
  bindings: [...Object.keys(bindings), "tim-post"],
  can: ["timeout"],
  lossless: true,
});

function call({ call: action, members, binding, timeout }) {
  const [provider, service, name] = action.split("/");
  if (provider !== "tencent") return { unsupported: `no client for ${action}` };
  if (service === "im") return callIm(name, members, timeout);
  if (versions[service] === undefined) return { unsupported: `no client for ${action}` };
  return callCloud(versions[service], name, members, bindings[binding], timeout);
}

async function callCloud(version, name, members, [signMethod, reqMethod], reqTimeout) {
  const profile = { signMethod, httpProfile: { endpoint, reqMethod, reqTimeout, protocol: "http://" } };
  const client = new CommonClient(endpoint, version, { credential: { secretId: id, secretKey: key }, profile });
  try {
    const ok = await client.request(name, members);
    return { ok, requestId: ok?.RequestId };
  } catch (error) {
    const { code, message, requestId, name: kind } = error;
    // The client wraps every error of its HTTP library, and leaves those of a response that it cannot read as they are.
    return { error: { kind: code && requestId ? "api" : "network", code: code ?? kind, message, requestId } };
  }
}

async function callIm(name, members, timeout) {
  const userSig = new Api(Number(app), key).genUserSig(id, 86400);
  const query = new URLSearchParams({
    sdkappid: app,
    identifier: id,
    usersig: userSig,
    random: "7",
    contenttype: "json",
  });
  try {
    const response = await fetch(`${url}/v4/${imFolder(name)}/${name}?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(members),
      signal: AbortSignal.timeout(timeout * 1000),
    });
    const { ActionStatus, ErrorCode, ErrorInfo = "", ...rest } = await response.json();
    if (ActionStatus === "OK") return { ok: { ActionStatus, ErrorCode, ErrorInfo, ...rest } };
    if (ErrorCode) return { error: { kind: "api", code: String(ErrorCode), message: ErrorInfo } };
    return { error: { kind: "network", message: "the response has no ActionStatus" } };
  } catch (error) {
    return { error: { kind: "network", code: error.name, message: error.message } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = request.hello ? Promise.resolve(hello()) : Promise.resolve(call(request));
  void answer.then((members) => process.stdout.write(`${JSON.stringify({ id: request.id, ...members })}\n`));
}
