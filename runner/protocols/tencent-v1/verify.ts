/** A version 1 request → why it is not to be believed, or null. */
import type { AuthFailure, HttpRequest, ParsedRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { isWithinWindow, parseUnixSeconds } from "../shared/time.ts";
import { pairsOf, signatureParameter } from "./canonical-request.ts";

/** Seconds that a Timestamp may be off. */
const WINDOW = 300;

/** In this order: absent, unknown-id, malformed (a Timestamp that is no number), expired, signature, token. */
export function verify(request: HttpRequest, { common }: ParsedRequest, how: VerificationInput): AuthFailure | null {
  const given = common.get("Signature");
  const id = common.get("SecretId");
  if (!given || !id) return "absent";
  const credentials = how.secretOf(id);
  if (credentials === undefined) return "unknown-id";
  const at = parseUnixSeconds(common.get("Timestamp"));
  if (at === null) return "malformed";
  if (!isWithinWindow(WINDOW, at, how.now)) return "expired";
  if (!constantTimeEqual(given, signatureParameter(request, pairsOf(request), credentials.key))) return "signature";
  return constantTimeEqual(common.get("Token") ?? "", credentials.token ?? "") ? null : "token";
}
