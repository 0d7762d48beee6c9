/** TC3-HMAC-SHA256, signature version 3 of Tencent Cloud: POST with JSON, GET with flat pairs in the query. */

import { flatten } from "../../http/flatten.ts";
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { alterSignature } from "../shared/alter-signature.ts";
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
  parseRequest,
  verify: (request, _parsed, input) => verify(request, input),
};

function encode(call: Call, signing: SigningInput): UnsignedRequest {
  const isGet = call.binding === "tc3-get";
  const { action } = call;
  const headers: [string, string][] = [
    ["Host", signing.host],
    ["Content-Type", isGet ? "application/x-www-form-urlencoded" : "application/json"],
    ["X-TC-Action", action.name],
    ["X-TC-Version", action.service.version],
    ["X-TC-Timestamp", String(toUnixSeconds(signing.now))],
  ];
  if (signing.region !== undefined) headers.push(["X-TC-Region", signing.region]);
  if (signing.credentials.token !== undefined) headers.push(["X-TC-Token", signing.credentials.token]);
  if (!isGet) return { method: "POST", path: "/", headers, body: JSON.stringify(call.members) };
  const parameters = flatten(call.members);
  return {
    method: "GET",
    path: parameters.length === 0 ? "/" : `/?${encodeQuery(parameters)}`,
    headers,
    body: "",
    parameters,
  };
}

/** Signs content-type and host, if the request has them, and the timestamp of its header. */
function sign(request: UnsignedRequest, call: Call, signing: SigningInput): HttpRequest {
  const { id, key } = signing.credentials;
  const scopeOverrides = signing.overrides?.scope;
  const service = scopeOverrides?.service ?? call.action.service.credentialScope;
  const timestamp = findHeader(request.headers, "x-tc-timestamp")?.trim() ?? String(toUnixSeconds(signing.now));
  const date = utcDate(
    (parseUnixSeconds(timestamp) ?? toUnixSeconds(signing.now)) + (scopeOverrides?.days ?? 0) * 86_400,
  );
  const scope = `${date}/${service}/${scopeOverrides?.terminator ?? TERMINATOR}`;
  const unsigned = signing.overrides?.unsigned ?? [];
  const signed = ["content-type", "host"].filter(
    (name) => findHeader(request.headers, name) !== undefined && !unsigned.includes(name),
  );
  const signature = computeSignature(
    key,
    date,
    service,
    stringToSign(timestamp, scope, canonicalRequest(request, signed)),
    scopeOverrides?.keyTerminator,
  );
  const { method, path, body } = request;
  const sent = alterSignature(signature, signing.overrides?.alteration);
  const authorization = writeAuthorization(id, scope, signed, sent);
  return {
    method,
    path,
    headers: [...withoutHeader(request.headers, "authorization"), ["Authorization", authorization]],
    body,
  };
}
