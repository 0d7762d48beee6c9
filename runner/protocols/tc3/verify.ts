/** A TC3 request → why it is not to be believed, or null. */
import { isIP } from "node:net";
import type { AuthFailure, HttpRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { findHeader } from "../shared/header.ts";
import { isWithinWindow, parseUnixSeconds, utcDate } from "../shared/time.ts";
import { type Authorization, readAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { computeSignature } from "./signing-key.ts";

/** Seconds that a timestamp may be off. */
const WINDOW = 300;

/** In this order: absent, malformed, scope, unknown-id, expired, malformed (too few headers signed), signature, token. */
export function verify(request: HttpRequest, how: VerificationInput): AuthFailure | null {
  const text = findHeader(request.headers, "authorization");
  if (!text) return "absent";
  const authorization = readAuthorization(text);
  const timestamp = findHeader(request.headers, "x-tc-timestamp")?.trim();
  const at = parseUnixSeconds(timestamp);
  if (authorization === null || timestamp === undefined || at === null) return "malformed";
  if (!inScope(authorization, at, findHeader(request.headers, "host") ?? "", how)) return "scope";
  const credentials = how.secretOf(authorization.id);
  if (credentials === undefined) return "unknown-id";
  if (!isWithinWindow(WINDOW, at, how.now)) return "expired";
  const { signedHeaders } = authorization;
  if (!signedHeaders.includes("content-type") || !signedHeaders.includes("host")) return "malformed";
  if (!holds(request, authorization, timestamp, credentials.key, how)) return "signature";
  const token = findHeader(request.headers, "x-tc-token") ?? "";
  return constantTimeEqual(token, credentials.token ?? "") ? null : "token";
}

function inScope(
  { date, service, terminator }: Authorization,
  at: number,
  host: string,
  how: VerificationInput,
): boolean {
  if (date !== utcDate(at) || terminator !== TERMINATOR) return false;
  return service === how.credentialScope || (how.leniency.scopeOfAddress && ofAddress(service, host));
}

/** Clients take the host's text up to its first dot for the service: `127` of 127.0.0.1:80, `localhost:80` as it stands. */
function ofAddress(service: string, host: string): boolean {
  const bare = withoutPort(host);
  const address = bare === "localhost" || isIP(bare.replace(/^\[|\]$/g, "")) !== 0;
  return address && [host, bare, host.split(".")[0], bare.split(".")[0]].includes(service);
}

function withoutPort(host: string): string {
  return host.trim().replace(/:\d+$/, "");
}

function holds(
  request: HttpRequest,
  given: Authorization,
  timestamp: string,
  key: string,
  how: VerificationInput,
): boolean {
  const scope = `${given.date}/${given.service}/${given.terminator}`;
  const matches = (host?: string): boolean => {
    const text = stringToSign(timestamp, scope, canonicalRequest(request, given.signedHeaders, host));
    return constantTimeEqual(given.signature, computeSignature(key, given.date, given.service, text));
  };
  if (matches()) return true;
  const host = findHeader(request.headers, "host") ?? "";
  const bare = withoutPort(host);
  return how.leniency.hostWithoutPort && bare !== host && matches(bare);
}
