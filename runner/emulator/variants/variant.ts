/** A variant: an emulator that differs from the reference and still complies with the documents, and the hooks that make it differ. */
import { alternativeCodes } from "../documented-codes.ts";
import type { ServiceFamily } from "../gateway-codes.ts";
import type { EmulatorRefusal, RefusalDetails } from "../refusal.ts";
import type { EmulatorResponse, RequestContext } from "../request-context.ts";
import type { LateChanges } from "./eventual-consistency.ts";
import type { DeliveryOptions } from "./response-delivery.ts";

export interface Variant {
  readonly id: string;
  readonly description: string;
  /** The family of services that it applies to; absent for all. */
  readonly family?: ServiceFamily;
  /** What the documents leave to the server and this variant does differently, as named in `suites/self/detection/documented-freedoms.ts`. */
  readonly freedoms: readonly string[];
  /** Chooses one of the codes that the spec accepts for a refusal. */
  readonly code?: (codes: readonly string[]) => string | undefined;
  /** True for what the variant refuses although the documents neither accept nor forbid it; the reference emulator accepts it. */
  readonly refusesUndocumented?: (details: RefusalDetails) => boolean;
  /** Checks parameters from the last to the first. */
  readonly reverseParameterOrder?: true;
  /** Called after all checks except those of state; returns the code to refuse the call with, or undefined to go on. */
  readonly extraRefusal?: (context: RequestContext) => string | undefined;
  /** Called with the response before it is sent; returns the one to send. */
  readonly response?: (response: EmulatorResponse, context: RequestContext) => EmulatorResponse;
  /** Changes that reading actions do not see at once. */
  readonly lateChanges?: LateChanges;
  /** How the response is written to the connection. */
  readonly delivery?: DeliveryOptions;
}

const isActive = ({ family }: Variant, context: Pick<RequestContext, "family">): boolean =>
  family === undefined || family === context.family;

/** The refusal with the code that the variants choose. */
export function applyCodeVariants(
  variants: readonly Variant[],
  refusal: EmulatorRefusal,
  context: RequestContext,
): EmulatorRefusal {
  let { code } = refusal;
  for (const variant of variants) {
    if (variant.code && isActive(variant, context))
      code = variant.code(alternativeCodes({ ...refusal, code }, context)) ?? code;
  }
  return code === refusal.code ? refusal : { ...refusal, code };
}

export const applyResponseVariants = (
  variants: readonly Variant[],
  response: EmulatorResponse,
  context: RequestContext,
): EmulatorResponse =>
  variants.reduce(
    (current, variant) =>
      variant.response && isActive(variant, context) ? variant.response(current, context) : current,
    response,
  );

/** The code of the first variant that refuses the call. */
export function variantRefusalCode(variants: readonly Variant[], context: RequestContext): string | undefined {
  for (const variant of variants) {
    const code = variant.extraRefusal && isActive(variant, context) ? variant.extraRefusal(context) : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

export const refusesUndocumented = (
  variants: readonly Variant[],
  context: RequestContext,
  details: RefusalDetails,
): boolean => variants.some((variant) => variant.refusesUndocumented?.(details) && isActive(variant, context));

/** The parameters in the order in which they are checked. */
export const parameterOrder = <T>(
  variants: readonly Variant[],
  list: readonly T[],
  context: RequestContext,
): readonly T[] =>
  variants.some((variant) => variant.reverseParameterOrder && isActive(variant, context)) ? [...list].reverse() : list;
