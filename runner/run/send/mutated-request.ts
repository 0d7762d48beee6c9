/** A valid call and a mutation of its HTTP request -> the request, edited and signed accordingly. */

import { applyEdits } from "../../http/edit.ts";
import type { Call, HttpRequest, RequestMutation, SigningInput } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";

/** `targetNow`: the time of the target's clock in milliseconds, to which `signing.shiftSeconds` is added. */
export function buildMutatedRequest(
  call: Call,
  valid: SigningInput,
  { signing, beforeSigning, afterSigning }: RequestMutation,
  targetNow: number,
): HttpRequest {
  const { id, key, shiftSeconds, ...overrides } = signing ?? {};
  const credentials = {
    ...valid.credentials,
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
  };
  const mutated: SigningInput = {
    ...valid,
    credentials,
    now: shiftSeconds === undefined ? valid.now : targetNow + shiftSeconds * 1000,
    overrides,
  };
  const protocol = protocolOf(call.binding);
  const encoded = applyEdits(protocol.encode(call, mutated), beforeSigning ?? []);
  return applyEdits(protocol.sign(encoded, call, mutated), afterSigning ?? []);
}
