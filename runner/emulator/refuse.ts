/** A breach → the refusal that the emulator gives for it, after its variants and faults. */
import type { ExpectedRefusal } from "../model/index.ts";
import { codeForUndocumented } from "./documented-codes.ts";
import type { EmulatorRefusal, RefusalDetails } from "./refusal.ts";
import type { RequestContext } from "./request-context.ts";

/** A refusal with this code; undefined where a fault lets the call pass. */
export const refuse = (
  context: RequestContext,
  code: string,
  details: RefusalDetails = {},
): EmulatorRefusal | undefined =>
  context.behaviour.refusal(
    {
      refused: true,
      stage: context.stage,
      code,
      message: "",
      parameter: "",
      breach: "",
      value: undefined,
      ...details,
    },
    context,
  );

/** For a value that no document accepts or forbids: undefined (it is accepted), unless a variant refuses it. */
export const refuseUndocumented = (
  context: RequestContext,
  details: RefusalDetails,
  codes: readonly string[] = [],
): EmulatorRefusal | undefined =>
  context.behaviour.refusesUndocumented(context, details)
    ? refuse(context, codes[0] ?? codeForUndocumented(context), details)
    : undefined;

/**
 * A refusal with the first code that the spec has for the breach, else with `defaultCode`.
 * A breach of level `may` is left to the server: the emulator accepts it like an undocumented value.
 */
export function refuseBreach(
  context: RequestContext,
  expected: ExpectedRefusal | undefined,
  defaultCode: string,
  details: RefusalDetails,
): EmulatorRefusal | undefined {
  if (expected?.level === "may") return refuseUndocumented(context, details);
  return refuse(context, expected?.codes[0] ?? defaultCode, details);
}
