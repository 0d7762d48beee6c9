/** All checks of the SDK gate, in the order of their findings. */

import type { SdkCheck } from "../sdk-check.ts";
import { returnedCode } from "./code.ts";
import { inTime } from "./in-time.ts";
import { sentMembers } from "./members.ts";
import { oneRequest } from "./one-request.ts";
import { repeatedCall } from "./repeated-call.ts";
import { returnedRequestId } from "./request-id.ts";
import { result } from "./result.ts";
import { routing } from "./routing.ts";
import { sentSignature } from "./signature.ts";
import { idempotencyToken } from "./token.ts";

export const sdkChecks: readonly SdkCheck[] = [
  oneRequest,
  routing,
  sentSignature,
  sentMembers,
  result,
  returnedCode,
  returnedRequestId,
  repeatedCall,
  idempotencyToken,
  inTime,
];
