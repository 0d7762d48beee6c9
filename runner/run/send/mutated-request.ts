/** A call and how it is to be wrong on the wire → the request, signed as that says. */

import { applyEdits } from "../../http/edit.ts";
import type { Call, HttpRequest, Signing, Tampering } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";

/** `now`: the target's clock, from which a `shift` is counted. */
export function buildMutatedRequest(
  call: Call,
  honest: Signing,
  { signing, before, after }: Tampering,
  now: number,
): HttpRequest {
  const { id, key, shift, ...forge } = signing ?? {};
  const credentials = {
    ...honest.credentials,
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
  };
  const how: Signing = { ...honest, credentials, now: shift === undefined ? honest.now : now + shift * 1000, forge };
  const protocol = protocolOf(call.binding);
  const encoded = applyEdits(protocol.encode(call, how), before ?? []);
  return applyEdits(protocol.sign(encoded, call, how), after ?? []);
}
