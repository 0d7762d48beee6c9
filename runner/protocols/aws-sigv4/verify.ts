/** A request to AWS → the reason why its authentication fails, or null. */
import type { AuthFailure, HttpRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { findHeader } from "../shared/header.ts";
import { isWithinWindow } from "../shared/time.ts";
import { readAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { readAmzDate } from "./date.ts";
import { computeSignature } from "./signing-key.ts";

/** Largest difference between X-Amz-Date and the server's clock. */
const WINDOW_SECONDS = 900;

/**
 * Checked in this order: absent, incomplete, signature (host not signed), scope, unknown-id, expired, signature
 * (also where an x-amz- header is not signed). A wrong session token is reported as unknown-id, because AWS responds to both
 * in the same way.
 */
export function verify(request: HttpRequest, input: VerificationInput): AuthFailure | null {
  const authorization = readAuthorization(findHeader(request.headers, "authorization") ?? "");
  if (authorization === "foreign") return "absent";
  const date = findHeader(request.headers, "x-amz-date")?.trim() ?? "";
  const signedAtSeconds = readAmzDate(date);
  if (authorization === "incomplete" || signedAtSeconds === null) return "incomplete";
  if (!authorization.signedHeaders.includes("host")) return "signature";
  const { id, day, region, service, terminator, signedHeaders } = authorization;
  if (day !== date.slice(0, 8) || service !== input.credentialScope || terminator !== TERMINATOR) return "scope";
  if (input.region !== undefined && region !== input.region) return "scope";
  const credentials = input.secretOf(id);
  const token = findHeader(request.headers, "x-amz-security-token") ?? "";
  if (credentials === undefined || !constantTimeEqual(token, credentials.token ?? "")) return "unknown-id";
  if (!isWithinWindow(WINDOW_SECONDS, signedAtSeconds, input.now)) return "expired";
  if (!amzHeaders(request).every((name) => signedHeaders.includes(name))) return "signature";
  const text = stringToSign(
    date,
    `${day}/${region}/${service}/${terminator}`,
    canonicalRequest(request, signedHeaders),
  );
  return constantTimeEqual(authorization.signature, computeSignature(credentials.key, day, region, service, text))
    ? null
    : "signature";
}

/** Lower case. All of them have to be signed; over content-type the pages of AWS disagree. */
const amzHeaders = ({ headers }: HttpRequest): string[] =>
  headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith("x-amz-"));
