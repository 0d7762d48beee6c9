/** A version 1 request → its parsed form, before the signature is verified. */

import type { Pair } from "../../http/flatten.ts";
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { pairsOf } from "./canonical-request.ts";

const COMMON_PARAMETERS = new Set([
  "Action",
  "Version",
  "Region",
  "Timestamp",
  "Nonce",
  "SecretId",
  "Signature",
  "SignatureMethod",
  "Token",
  "Language",
  "RequestClient",
]);

/**
 * Null if neither query nor form has Action, SecretId or Signature. `common` has the common parameters (the first of repeated
 * ones) and the headers `Host` and `Content-Type`; `flat` has the other pairs, decoded.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const common = new Map<string, string>();
  const flat: Pair[] = [];
  for (const pair of pairsOf(request)) {
    const [name, value] = pair;
    if (!COMMON_PARAMETERS.has(name)) flat.push(pair);
    else if (!common.has(name)) common.set(name, value);
  }
  if (!common.has("Action") && !common.has("SecretId") && !common.has("Signature")) return null;
  for (const name of ["Host", "Content-Type"]) {
    const value = findHeader(request.headers, name.toLowerCase());
    if (value !== undefined) common.set(name, value);
  }
  const action = common.get("Action");
  const version = common.get("Version");
  const hmac = common.get("SignatureMethod") === "HmacSHA256" ? "sha256" : "sha1";
  return {
    binding: `v1-${request.method === "GET" ? "get" : "post"}-${hmac}`,
    common,
    flat,
    ...(action !== undefined && { action }),
    ...(version !== undefined && { version }),
  };
}
