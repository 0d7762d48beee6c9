/** A version 1 request → what a server reads from it before it believes any of it. */

import type { Pair } from "../../http/flatten.ts";
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { pairsOf } from "./canonical-request.ts";

const COMMON = new Set([
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
 * Null where neither query nor form has Action, SecretId or Signature. `common` has the parameters under their names
 * (the first of repeats) and the headers `Host` and `Content-Type`; `flat` the other pairs, decoded.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const common = new Map<string, string>();
  const flat: Pair[] = [];
  for (const pair of pairsOf(request)) {
    const [name, value] = pair;
    if (!COMMON.has(name)) flat.push(pair);
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
