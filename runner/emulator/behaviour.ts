/** Faults and variants → how the emulator behaves. Variants keep it correct; faults run after them and make it incorrect. */
import {
  applyExecutionFaults,
  applyInputFaults,
  applyRefusalFaults,
  applyResponseFaults,
  type Fault,
  faultRefusalCode,
  responseHoldMs,
} from "./faults/fault.ts";
import type { Behaviour } from "./request-context.ts";
import {
  applyCodeVariants,
  applyResponseVariants,
  parameterOrder,
  refusesUndocumented,
  type Variant,
  variantRefusalCode,
} from "./variants/variant.ts";

export const createBehaviour = (faults: readonly Fault[], variants: readonly Variant[]): Behaviour => ({
  members: (members, context) => applyInputFaults(faults, members, context),
  refusal: (refusal, context) => applyRefusalFaults(faults, applyCodeVariants(variants, refusal, context), context),
  extraRefusalCode: (context) => variantRefusalCode(variants, context) ?? faultRefusalCode(faults, context),
  refusesUndocumented: (context, details) => refusesUndocumented(variants, context, details),
  parameterOrder: (list, context) => parameterOrder(variants, list, context),
  execute: (runHandler, context) => applyExecutionFaults(faults, runHandler, context),
  response: (response, context) =>
    applyResponseVariants(variants, applyResponseFaults(faults, response, context), context),
  holdMs: (context) => responseHoldMs(faults, context),
});
