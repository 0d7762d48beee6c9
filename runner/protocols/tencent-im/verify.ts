/** A request to Tencent IM → why it is not to be believed, or null. */
import type { AuthFailure, ParsedRequest, VerificationInput } from "../../model/index.ts";
import { constantTimeEqual } from "../shared/constant-time-equal.ts";
import { toUnixSeconds } from "../shared/time.ts";
import { computeSignature, readUserSig, textToSign } from "./usersig.ts";

/**
 * In this order: absent, malformed, identifier, app, expired, signature. An identifier of which no key is known is
 * refused as one that the UserSig is not for. In its last second a UserSig still holds.
 */
export function verify({ common }: ParsedRequest, how: VerificationInput): AuthFailure | null {
  const text = common.get("usersig");
  if (!text) return "absent";
  const given = readUserSig(text);
  if (given === null) return "malformed";
  const credentials = how.secretOf(given.identifier);
  if (credentials === undefined || given.identifier !== common.get("identifier")) return "identifier";
  const app = String(given.sdkappid);
  if (app !== common.get("sdkappid") || app !== credentials.app) return "app";
  if (toUnixSeconds(how.now) > given.time + given.expire) return "expired";
  return constantTimeEqual(given.sig, computeSignature(credentials.key, textToSign(given))) ? null : "signature";
}
