/** A version 1 request → its pairs, its string to sign and its signature. */
import { createHmac } from "node:crypto";
import type { Pair } from "../../http/flatten.ts";
import type { HttpRequest } from "../../model/index.ts";
import { bodyText } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, firstPairValue, splitPath } from "../shared/query.ts";

/** The decoded pairs of the query, followed by those of the form unless the method is GET. */
export function pairsOf(request: HttpRequest): Pair[] {
  const query = decodeQuery(splitPath(request.path).query);
  return request.method === "GET" ? query : [...query, ...decodeQuery(bodyText(request.body))];
}

/**
 * The text that is signed: method, host, path and the decoded pairs except Signature, in the ASCII order of their names (so
 * `Ids.12` comes before `Ids.2`); repeated names keep their order.
 * @source https://www.tencentcloud.com/document/api/213/33225
 */
export function stringToSign(method: string, host: string, path: string, pairs: readonly Pair[]): string {
  const sorted = pairs.filter(([name]) => name !== "Signature").sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `${method}${host}${path}?${sorted.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** The signature of `text` in base64; HmacSHA1 is used unless the method is HmacSHA256. */
export function computeSignature(key: string, method: string | undefined, text: string): string {
  return createHmac(method === "HmacSHA256" ? "sha256" : "sha1", key)
    .update(text)
    .digest("base64");
}

/** The correct value of the Signature parameter for a request. */
export function signatureParameter(request: HttpRequest, pairs: readonly Pair[], key: string): string {
  const host = findHeader(request.headers, "host") ?? "";
  const text = stringToSign(request.method, host, splitPath(request.path).path, pairs);
  return computeSignature(key, firstPairValue(pairs, "SignatureMethod"), text);
}
