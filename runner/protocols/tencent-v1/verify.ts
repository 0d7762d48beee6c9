/** A version 1 request → the reason why its authentication fails, or null. */
import type { AuthFailure, HttpRequest, ParsedRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { isWithinWindow, parseUnixSeconds } from "../shared/time.ts";
import { pairsOf, signatureParameter } from "./canonical-request.ts";

/** Largest difference between Timestamp and the server's clock. */
const WINDOW_SECONDS = 300;

/** Checked in this order: absent, unknown-id, malformed (Timestamp is not a number), expired, signature, token. */
export function verify(request: HttpRequest, { common }: ParsedRequest, input: VerificationInput): AuthFailure | null {
  const signature = common.get("Signature");
  const id = common.get("SecretId");
  if (!signature || !id) return "absent";
  const credentials = input.secretOf(id);
  if (credentials === undefined) return "unknown-id";
  const signedAtSeconds = parseUnixSeconds(common.get("Timestamp"));
  if (signedAtSeconds === null) return "malformed";
  if (!isWithinWindow(WINDOW_SECONDS, signedAtSeconds, input.now)) return "expired";
  if (!constantTimeEqual(signature, signatureParameter(request, pairsOf(request), credentials.key))) return "signature";
  return constantTimeEqual(common.get("Token") ?? "", credentials.token ?? "") ? null : "token";
}
