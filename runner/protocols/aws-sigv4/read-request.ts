/** A request to AWS → what a server reads from it before it believes any of it. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { readAuthorization } from "./authorization.ts";
import { ALGORITHM } from "./canonical-request.ts";

/** Names as the documents write them; found in any case. */
const COMMON = [
  "Authorization",
  "Host",
  "Content-Type",
  "X-Amz-Date",
  "X-Amz-Target",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
].map((name) => [name, name.toLowerCase()] as const);

/**
 * Null where there is neither an X-Amz-Target, nor a SigV4 Authorization, nor the content type of AWS JSON. `common`
 * has the headers under the documents' names; `action` is the target's text behind its last dot, `service` the
 * credential scope's.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const target = findHeader(request.headers, "x-amz-target");
  const authorization = findHeader(request.headers, "authorization") ?? "";
  const type = findHeader(request.headers, "content-type") ?? "";
  if (target === undefined && !authorization.startsWith(ALGORITHM) && !/^\s*application\/x-amz-json-1\./i.test(type))
    return null;
  const common = new Map<string, string>();
  for (const [name, lower] of COMMON) {
    const value = findHeader(request.headers, lower);
    if (value !== undefined) common.set(name, value);
  }
  const parts = readAuthorization(authorization);
  return {
    binding: "awsjson11",
    common,
    body: bodyBytes(request.body),
    ...(typeof parts === "object" && { service: parts.service }),
    ...(target !== undefined && { action: target.slice(target.lastIndexOf(".") + 1) }),
  };
}
