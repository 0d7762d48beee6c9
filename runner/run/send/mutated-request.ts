/** A call and how it is to be wrong on the wire → the request, signed as that says. */

import { applyEdits } from "../../http/edit.ts";
import type { Call, HttpRequest, RequestMutation, SigningInput } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";

/** `now`: the target's clock, from which a `shift` is counted. */
export function buildMutatedRequest(
  call: Call,
  honest: SigningInput,
  { signing, beforeSigning, afterSigning }: RequestMutation,
  now: number,
): HttpRequest {
  const { id, key, shiftSeconds, ...forge } = signing ?? {};
  const credentials = {
    ...honest.credentials,
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
  };
  const how: SigningInput = {
    ...honest,
    credentials,
    now: shiftSeconds === undefined ? honest.now : now + shiftSeconds * 1000,
    overrides: forge,
  };
  const protocol = protocolOf(call.binding);
  const encoded = applyEdits(protocol.encode(call, how), beforeSigning ?? []);
  return applyEdits(protocol.sign(encoded, call, how), afterSigning ?? []);
}
