/** A request to AWS → its parsed form, before the signature is verified. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { readAuthorization } from "./authorization.ts";
import { ALGORITHM } from "./canonical-request.ts";

/** Names as in the documentation; requests may use any case. */
const COMMON_HEADERS = [
  "Authorization",
  "Host",
  "Content-Type",
  "X-Amz-Date",
  "X-Amz-Target",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
].map((name) => [name, name.toLowerCase()] as const);

/**
 * Null if there is neither an X-Amz-Target, nor a SigV4 Authorization, nor the content type of AWS JSON. `common` has the
 * headers under their documented names; `action` is the part of X-Amz-Target after its last dot, `service` that of the
 * credential scope.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const target = findHeader(request.headers, "x-amz-target");
  const authorization = findHeader(request.headers, "authorization") ?? "";
  const type = findHeader(request.headers, "content-type") ?? "";
  if (target === undefined && !authorization.startsWith(ALGORITHM) && !/^\s*application\/x-amz-json-1\./i.test(type))
    return null;
  const common = new Map<string, string>();
  for (const [name, lowerName] of COMMON_HEADERS) {
    const value = findHeader(request.headers, lowerName);
    if (value !== undefined) common.set(name, value);
  }
  const parsedAuthorization = readAuthorization(authorization);
  return {
    binding: "awsjson11",
    common,
    body: bodyBytes(request.body),
    ...(typeof parsedAuthorization === "object" && { service: parsedAuthorization.service }),
    ...(target !== undefined && { action: target.slice(target.lastIndexOf(".") + 1) }),
  };
}
