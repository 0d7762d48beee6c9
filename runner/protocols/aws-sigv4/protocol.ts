/** AWS JSON 1.1, signed by Signature Version 4. */
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { alterSignature } from "../shared/alter-signature.ts";
import { findHeader, withoutHeader } from "../shared/header.ts";
import { writeAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { amzDate, readAmzDate } from "./date.ts";
import { parseRequest } from "./read-request.ts";
import { computeSignature } from "./signing-key.ts";
import { verify } from "./verify.ts";

export const awsSigv4: Protocol = {
  id: "aws-sigv4",
  bindings: ["awsjson11"],
  isFlat: () => false,
  encode,
  sign,
  parseRequest,
  verify: (request, _parsed, input) => verify(request, input),
};

/** @throws if the service has no target prefix. */
function encode({ action, members }: Call, { credentials, host, now }: SigningInput): UnsignedRequest {
  const { service } = action;
  if (service.targetPrefix === undefined)
    throw new Error(`${service.id}: AWS JSON needs a target prefix; add \`targetPrefix\` to the service.yaml`);
  const headers: [string, string][] = [
    ["Host", host],
    ["Content-Type", "application/x-amz-json-1.1"],
    ["X-Amz-Target", `${service.targetPrefix}.${action.name}`],
    ["X-Amz-Date", amzDate(now)],
  ];
  if (credentials.token !== undefined) headers.push(["X-Amz-Security-Token", credentials.token]);
  return { method: "POST", path: "/", headers, body: JSON.stringify(members) };
}

/**
 * Signs host, content-type and every x-amz- header of the request, with the date of X-Amz-Date.
 * @throws if no region is set.
 */
function sign(
  request: UnsignedRequest,
  call: Call,
  { credentials, region: ownRegion, now, overrides }: SigningInput,
): HttpRequest {
  const { credentialScope, id } = call.action.service;
  const service = overrides?.scope?.service ?? credentialScope;
  const region = overrides?.scope?.region ?? ownRegion;
  if (region === undefined)
    throw new Error(`${id}: an AWS signature needs a region; set \`region\` of the service in the target file`);
  const names = new Set<string>();
  for (const [name] of request.headers) {
    const key = name.toLowerCase();
    if (key === "host" || key === "content-type" || key.startsWith("x-amz-")) names.add(key);
  }
  const signed = [...names].filter((name) => !overrides?.unsigned?.includes(name)).sort();
  const date = findHeader(request.headers, "x-amz-date")?.trim() ?? amzDate(now);
  const today = readAmzDate(date) === null ? amzDate(now).slice(0, 8) : date.slice(0, 8);
  const days = overrides?.scope?.days;
  const day = days === undefined ? today : amzDate(now + days * 86_400_000).slice(0, 8);
  const scope = `${day}/${region}/${service}/${overrides?.scope?.terminator ?? TERMINATOR}`;
  const text = stringToSign(date, scope, canonicalRequest(request, signed));
  const signature = computeSignature(credentials.key, day, region, service, text, overrides?.scope?.keyTerminator);
  const { method, path, body } = request;
  const sent = alterSignature(signature, overrides?.alteration);
  const authorization = writeAuthorization(credentials.id, scope, signed, sent);
  return {
    method,
    path,
    headers: [...withoutHeader(request.headers, "authorization"), ["Authorization", authorization]],
    body,
  };
}
