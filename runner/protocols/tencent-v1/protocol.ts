/** Signature version 1 of Tencent Cloud: flat pairs in a query or a form, signed with HmacSHA1 or HmacSHA256. */

import { flatten, type Pair } from "../../http/flatten.ts";
import type { Call, HttpRequest, Protocol, SigningInput, UnsignedRequest } from "../../model/index.ts";
import { alterSignature } from "../shared/alter-signature.ts";
import { bodyText } from "../shared/body.ts";
import { encodeQuery, percentEncode, splitPath } from "../shared/query.ts";
import { toUnixSeconds } from "../shared/time.ts";
import { pairsOf, signatureParameter } from "./canonical-request.ts";
import { parseRequest } from "./read-request.ts";
import { verify } from "./verify.ts";

export const tencentV1: Protocol = {
  id: "tencent-v1",
  bindings: ["v1-get-sha1", "v1-get-sha256", "v1-post-sha1", "v1-post-sha256"],
  isFlat: () => true,
  encode,
  sign,
  parseRequest,
  verify,
};

function encode(
  { action, binding, members }: Call,
  { credentials, host, region, now, nonce }: SigningInput,
): UnsignedRequest {
  const parameters = flatten(members);
  parameters.push(
    ["Action", action.name],
    ["Version", action.service.version],
    ["Timestamp", String(toUnixSeconds(now))],
  );
  // The nonce is a positive integer.
  parameters.push(["Nonce", String(nonce() || 1)], ["SecretId", credentials.id]);
  parameters.push(["SignatureMethod", binding.endsWith("-sha256") ? "HmacSHA256" : "HmacSHA1"]);
  if (region !== undefined) parameters.push(["Region", region]);
  if (credentials.token !== undefined) parameters.push(["Token", credentials.token]);
  const text = encodeQuery(parameters);
  const headers: [string, string][] = [["Host", host]];
  const isGet = binding.startsWith("v1-get-");
  if (!isGet) headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
  const request: UnsignedRequest = isGet
    ? { method: "GET", path: `/?${text}`, headers, body: "", parameters }
    : { method: "POST", path: "/", headers, body: text, parameters };
  encodedPairs.set(request, parameters);
  return request;
}

/** The pairs of encoded requests, so that they need not be parsed again. A request that was edited since is another object. */
const encodedPairs = new WeakMap<UnsignedRequest, Pair[]>();

/** Signs the pairs of path and body, with the signature method that they name, and adds Signature as the last pair. */
function sign(request: UnsignedRequest, _call: Call, signing: SigningInput): HttpRequest {
  const { method, headers } = request;
  const pairs = encodedPairs.get(request) ?? pairsOf(request);
  const correct = signatureParameter(request, pairs, signing.credentials.key);
  const signature = percentEncode(alterSignature(correct, signing.overrides?.alteration));
  if (method !== "GET")
    return { method, path: request.path, headers, body: addSignature(bodyText(request.body), signature) };
  const { path, query } = splitPath(request.path);
  return { method, path: `${path}?${addSignature(query, signature)}`, headers, body: request.body };
}

/** Replaces a signature that is already there. */
function addSignature(pairs: string, signature: string): string {
  const unsigned = pairs.replace(/(^|&)Signature=[^&]*/g, "").replace(/^&/, "");
  return `${unsigned}${unsigned === "" ? "" : "&"}Signature=${signature}`;
}
