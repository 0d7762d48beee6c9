/** A request to AWS → why it is not to be believed, or null. */
import type { AuthFailure, HttpRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { findHeader } from "../shared/header.ts";
import { isWithinWindow } from "../shared/time.ts";
import { readAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { readAmzDate } from "./date.ts";
import { computeSignature } from "./signing-key.ts";

/** Seconds that X-Amz-Date may be off. */
const WINDOW = 900;

/**
 * In this order: absent, incomplete, signature (host not signed), scope, unknown-id, expired, signature. A session
 * token that is not the key's is part of an unknown id: AWS gives both the same answer.
 */
export function verify(request: HttpRequest, how: VerificationInput): AuthFailure | null {
  const given = readAuthorization(findHeader(request.headers, "authorization") ?? "");
  if (given === "foreign") return "absent";
  const date = findHeader(request.headers, "x-amz-date")?.trim() ?? "";
  const at = readAmzDate(date);
  if (given === "incomplete" || at === null) return "incomplete";
  if (!given.signedHeaders.includes("host")) return "signature";
  const { id, day, region, service, terminator, signedHeaders } = given;
  if (day !== date.slice(0, 8) || service !== how.credentialScope || terminator !== TERMINATOR) return "scope";
  if (how.region !== undefined && region !== how.region) return "scope";
  const credentials = how.secretOf(id);
  const token = findHeader(request.headers, "x-amz-security-token") ?? "";
  if (credentials === undefined || !constantTimeEqual(token, credentials.token ?? "")) return "unknown-id";
  if (!isWithinWindow(WINDOW, at, how.now)) return "expired";
  const text = stringToSign(
    date,
    `${day}/${region}/${service}/${terminator}`,
    canonicalRequest(request, signedHeaders),
  );
  return constantTimeEqual(given.signature, computeSignature(credentials.key, day, region, service, text))
    ? null
    : "signature";
}
