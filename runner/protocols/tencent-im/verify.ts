/** A request to Tencent IM → the reason why its authentication fails, or null. */
import type { AuthFailure, ParsedRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { toUnixSeconds } from "../shared/time.ts";
import { computeSignature, readUserSig, textToSign } from "./usersig.ts";

/**
 * Checked in this order: absent, malformed, identifier, app, expired, signature. An unknown identifier is reported like an
 * identifier that differs from that of the UserSig. A UserSig is valid until the end of its last second.
 */
export function verify({ common }: ParsedRequest, input: VerificationInput): AuthFailure | null {
  const text = common.get("usersig");
  if (!text) return "absent";
  const userSig = readUserSig(text);
  if (userSig === null) return "malformed";
  const credentials = input.secretOf(userSig.identifier);
  if (credentials === undefined || userSig.identifier !== common.get("identifier")) return "identifier";
  const app = String(userSig.sdkappid);
  if (app !== common.get("sdkappid") || app !== credentials.app) return "app";
  if (toUnixSeconds(input.now) > userSig.time + userSig.expire) return "expired";
  return constantTimeEqual(userSig.sig, computeSignature(credentials.key, textToSign(userSig))) ? null : "signature";
}
