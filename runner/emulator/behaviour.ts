/** Faults and variants → how the emulator behaves. A variant is as right as the reference; a fault goes after it and is wrong. */
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
} from "./variants/variant.ts";

export const createBehaviour = (faults: readonly Fault[], variants: readonly Variant[]): Behaviour => ({
  members: (members, context) => applyInputFaults(faults, members, context),
  refusal: (refused, context) => applyRefusalFaults(faults, applyCodeVariants(variants, refused, context), context),
  extraRefusalCode: (context) => faultRefusalCode(faults, context),
  refusesUndocumented: (context) => refusesUndocumented(variants, context),
  parameterOrder: (list, context) => parameterOrder(variants, list, context),
  execute: (act, context) => applyExecutionFaults(faults, act, context),
  response: (response, context) =>
    applyResponseVariants(variants, applyResponseFaults(faults, response, context), context),
  holdMs: (context) => responseHoldMs(faults, context),
});
