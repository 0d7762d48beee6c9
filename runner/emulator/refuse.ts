/** A breach → the refusal that the emulator gives for it, after its faults and variants. */
import type { ExpectedRefusal } from "../model/index.ts";
import { codeForUndocumented } from "./documented-codes.ts";
import type { EmulatorRefusal, RefusalDetails } from "./refusal.ts";
import type { RequestContext } from "./request-context.ts";

/** A refusal with this code, unless a fault lets the call pass. */
export const refuse = (
  context: RequestContext,
  code: string,
  place: RefusalDetails = {},
): EmulatorRefusal | undefined =>
  context.behaviour.refusal(
    { refused: true, stage: context.stage, code, says: "", at: "", breach: "", value: undefined, ...place },
    context,
  );

/** What the documents leave undocumented is accepted, unless a variant refuses it. */
export const refuseUndocumented = (
  context: RequestContext,
  place: RefusalDetails,
  codes: readonly string[] = [],
): EmulatorRefusal | undefined =>
  context.behaviour.refusesUndocumented(context)
    ? refuse(context, codes[0] ?? codeForUndocumented(context), place)
    : undefined;

/** The first code of what the spec says of a breach. A `may` leaves it to the server, and this one lets it pass. */
export function refuseBreach(
  context: RequestContext,
  refusal: ExpectedRefusal | undefined,
  otherwise: string,
  place: RefusalDetails,
): EmulatorRefusal | undefined {
  if (refusal?.level === "may") return refuseUndocumented(context, place);
  return refuse(context, refusal?.codes[0] ?? otherwise, place);
}
