/** A TC3 request → what a server reads from it before it believes any of it. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, splitPath } from "../shared/query.ts";
import { readAuthorization } from "./authorization.ts";
import { ALGORITHM } from "./canonical-request.ts";

/** The common parameters' names as the documents write them; found in any case. */
const COMMON = [
  "Authorization",
  "Host",
  "Content-Type",
  "X-TC-Action",
  "X-TC-Version",
  "X-TC-Timestamp",
  "X-TC-Region",
  "X-TC-Token",
  "X-TC-Language",
  "X-TC-RequestClient",
  "X-TC-TraceId",
].map((name) => [name, name.toLowerCase()] as const);

/**
 * Null where there is neither a TC3 Authorization nor an X-TC-Action. `common` has the headers under the documents'
 * names (`X-TC-Action`, `Host`, …), values as sent; `service` is the credential scope's.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const authorization = findHeader(request.headers, "authorization") ?? "";
  const action = findHeader(request.headers, "x-tc-action");
  if (action === undefined && !authorization.startsWith(ALGORITHM)) return null;
  const common = new Map<string, string>();
  for (const [name, lower] of COMMON) {
    const value = findHeader(request.headers, lower);
    if (value !== undefined) common.set(name, value);
  }
  const service = readAuthorization(authorization)?.service;
  const version = common.get("X-TC-Version");
  const get = request.method === "GET";
  return {
    binding: get ? "tc3-get" : "tc3-post",
    common,
    ...(service !== undefined && { service }),
    ...(action !== undefined && { action }),
    ...(version !== undefined && { version }),
    ...(get ? { flat: decodeQuery(splitPath(request.path).query) } : { body: bodyBytes(request.body) }),
  };
}
