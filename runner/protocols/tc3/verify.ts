/** A TC3 request → the reason why its authentication fails, or null. */
import { isIP } from "node:net";
import type { AuthFailure, HttpRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { findHeader } from "../shared/header.ts";
import { isWithinWindow, parseUnixSeconds, utcDate } from "../shared/time.ts";
import { type Authorization, readAuthorization } from "./authorization.ts";
import { canonicalRequest, stringToSign, TERMINATOR } from "./canonical-request.ts";
import { computeSignature } from "./signing-key.ts";

/** In the header X-TC-Content-SHA256: this text was signed in place of the body. */
const UNSIGNED = "UNSIGNED-PAYLOAD";

/** Largest difference between the timestamp and the server's clock. */
const WINDOW_SECONDS = 300;

/** Checked in this order: absent, malformed, scope, unknown-id, expired, malformed (too few headers signed), signature, token. */
export function verify(request: HttpRequest, input: VerificationInput): AuthFailure | null {
  const text = findHeader(request.headers, "authorization");
  if (!text) return "absent";
  const authorization = readAuthorization(text);
  const timestamp = findHeader(request.headers, "x-tc-timestamp")?.trim();
  const signedAtSeconds = parseUnixSeconds(timestamp);
  if (authorization === null || timestamp === undefined || signedAtSeconds === null) return "malformed";
  if (!isInScope(authorization, signedAtSeconds, findHeader(request.headers, "host") ?? "", input)) return "scope";
  const credentials = input.secretOf(authorization.id);
  if (credentials === undefined) return "unknown-id";
  if (!isWithinWindow(WINDOW_SECONDS, signedAtSeconds, input.now)) return "expired";
  const { signedHeaders } = authorization;
  if (!signedHeaders.includes("content-type") || !signedHeaders.includes("host")) return "malformed";
  if (!isSignatureValid(request, authorization, timestamp, credentials.key, input)) return "signature";
  const token = findHeader(request.headers, "x-tc-token") ?? "";
  return constantTimeEqual(token, credentials.token ?? "") ? null : "token";
}

function isInScope(
  { date, service, terminator }: Authorization,
  signedAtSeconds: number,
  host: string,
  input: VerificationInput,
): boolean {
  if (date !== utcDate(signedAtSeconds) || terminator !== TERMINATOR) return false;
  return service === input.credentialScope || (input.leniency.scopeOfAddress && isServiceOfAddress(service, host));
}

/** Clients use the part of the host before its first dot as the service: `127` for 127.0.0.1:80, `localhost:80` for localhost:80. */
function isServiceOfAddress(service: string, host: string): boolean {
  const hostname = withoutPort(host);
  const isAddress = hostname === "localhost" || isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  return isAddress && [host, hostname, host.split(".")[0], hostname.split(".")[0]].includes(service);
}

function withoutPort(host: string): string {
  return host.trim().replace(/:\d+$/, "");
}

function isSignatureValid(
  request: HttpRequest,
  authorization: Authorization,
  timestamp: string,
  key: string,
  input: VerificationInput,
): boolean {
  const scope = `${authorization.date}/${authorization.service}/${authorization.terminator}`;
  const isUnsigned = input.leniency.unsignedPayload && findHeader(request.headers, "x-tc-content-sha256") === UNSIGNED;
  const signed = isUnsigned ? { ...request, body: Buffer.from(UNSIGNED) } : request;
  const matches = (host?: string): boolean => {
    const text = stringToSign(timestamp, scope, canonicalRequest(signed, authorization.signedHeaders, host));
    return constantTimeEqual(
      authorization.signature,
      computeSignature(key, authorization.date, authorization.service, text),
    );
  };
  if (matches()) return true;
  const host = findHeader(request.headers, "host") ?? "";
  const hostname = withoutPort(host);
  return input.leniency.hostWithoutPort && hostname !== host && matches(hostname);
}
