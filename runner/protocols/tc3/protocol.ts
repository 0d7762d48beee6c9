/** TC3-HMAC-SHA256, the signature version 3 of Tencent Cloud: JSON by POST, flat pairs in the query by GET. */

import { flatten } from "../../http/flatten.ts";
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { findHeader, withoutHeader } from "../shared/header.ts";
import { encodeQuery } from "../shared/query.ts";
import { parseUnixSeconds, toUnixSeconds, utcDate } from "../shared/time.ts";
import { writeAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { parseRequest } from "./read-request.ts";
import { computeSignature } from "./signing-key.ts";
import { verify } from "./verify.ts";

export const tc3: Protocol = {
  id: "tc3",
  bindings: ["tc3-post", "tc3-get"],
  isFlat: (binding) => binding === "tc3-get",
  encode,
  sign,
  parseRequest: parseRequest,
  verify: (request, _received, how) => verify(request, how),
};

function encode(call: Call, signing: SigningInput): UnsignedRequest {
  const get = call.binding === "tc3-get";
  const { action } = call;
  const headers: [string, string][] = [
    ["Host", signing.host],
    ["Content-Type", get ? "application/x-www-form-urlencoded" : "application/json"],
    ["X-TC-Action", action.name],
    ["X-TC-Version", action.service.version],
    ["X-TC-Timestamp", String(toUnixSeconds(signing.now))],
  ];
  if (signing.region !== undefined) headers.push(["X-TC-Region", signing.region]);
  if (signing.credentials.token !== undefined) headers.push(["X-TC-Token", signing.credentials.token]);
  if (!get) return { method: "POST", path: "/", headers, body: JSON.stringify(call.members) };
  const parameters = flatten(call.members);
  return {
    method: "GET",
    path: parameters.length === 0 ? "/" : `/?${encodeQuery(parameters)}`,
    headers,
    body: "",
    parameters,
  };
}

/** Signs content-type and host, whichever of them is there, and the timestamp as it stands in its header. */
function sign(request: UnsignedRequest, call: Call, signing: SigningInput): HttpRequest {
  const { id, key } = signing.credentials;
  const forged = signing.overrides?.scope;
  const service = forged?.service ?? call.action.service.credentialScope;
  const timestamp = findHeader(request.headers, "x-tc-timestamp")?.trim() ?? String(toUnixSeconds(signing.now));
  const date = utcDate((parseUnixSeconds(timestamp) ?? toUnixSeconds(signing.now)) + (forged?.days ?? 0) * 86_400);
  const scope = `${date}/${service}/${forged?.terminator ?? TERMINATOR}`;
  const unsigned = signing.overrides?.unsigned ?? [];
  const signed = ["content-type", "host"].filter(
    (name) => findHeader(request.headers, name) !== undefined && !unsigned.includes(name),
  );
  const made = computeSignature(key, date, service, stringToSign(timestamp, scope, canonicalRequest(request, signed)));
  const { method, path, body } = request;
  const authorization = writeAuthorization(id, scope, signed, made);
  return {
    method,
    path,
    headers: [...withoutHeader(request.headers, "authorization"), ["Authorization", authorization]],
    body,
  };
}
