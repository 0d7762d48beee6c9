/** A TC3 request → its parsed form, before the signature is verified. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, splitPath } from "../shared/query.ts";
import { readAuthorization } from "./authorization.ts";
import { ALGORITHM } from "./canonical-request.ts";

/** Names of the common parameters as in the documentation; requests may use any case. */
const COMMON_HEADERS = [
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
 * Null if there is neither a TC3 Authorization nor an X-TC-Action. `common` has the headers under their documented names
 * (`X-TC-Action`, `Host`, …), with the values as sent; `service` is that of the credential scope.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const authorization = findHeader(request.headers, "authorization") ?? "";
  const action = findHeader(request.headers, "x-tc-action");
  if (action === undefined && !authorization.startsWith(ALGORITHM)) return null;
  const common = new Map<string, string>();
  for (const [name, lowerName] of COMMON_HEADERS) {
    const value = findHeader(request.headers, lowerName);
    if (value !== undefined) common.set(name, value);
  }
  const service = readAuthorization(authorization)?.service;
  const version = common.get("X-TC-Version");
  const isGet = request.method === "GET";
  return {
    binding: isGet ? "tc3-get" : "tc3-post",
    common,
    ...(service !== undefined && { service }),
    ...(action !== undefined && { action }),
    ...(version !== undefined && { version }),
    ...(isGet ? { flat: decodeQuery(splitPath(request.path).query) } : { body: bodyBytes(request.body) }),
  };
}
