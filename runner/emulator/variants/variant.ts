/** One variant of the emulator that is as right as the healthy one: a freedom that the documents leave, and the hooks by which it is used. */

import { alternativeCodes } from "../documented-codes.ts";
import type { ServiceFamily } from "../gateway-codes.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { EmulatorResponse, RequestContext } from "../request-context.ts";
import type { LateChanges } from "./eventual-consistency.ts";
import type { DeliveryOptions } from "./response-delivery.ts";

export interface Variant {
  readonly id: string;
  readonly description: string;
  /** The family of services in whose answers it shows; absent where in all. */
  readonly family?: ServiceFamily;
  /** What it makes use of, in the words of `suites/self/detection/documented-freedoms.ts`. */
  readonly freedoms: readonly string[];
  /** Of codes that will all do, the one to give. */
  readonly code?: (codes: readonly string[]) => string | undefined;
  /** Refuses what the documents leave open; the healthy emulator accepts it. */
  readonly refusesUndocumented?: true;
  /** Looks at parameters from the last to the first. */
  readonly reverseParameterOrder?: true;
  /** The answer before it is written. */
  readonly response?: (answer: EmulatorResponse, context: RequestContext) => EmulatorResponse;
  /** Changes that are not seen at once. */
  readonly lateChanges?: LateChanges;
  /** How the answer's bytes are put on the connection. */
  readonly delivery?: DeliveryOptions;
}

const isActive = ({ family }: Variant, context: Pick<RequestContext, "family">): boolean =>
  family === undefined || family === context.family;

/** The refusal with another code that will do as well. */
export function applyCodeVariants(
  variants: readonly Variant[],
  refused: EmulatorRefusal,
  context: RequestContext,
): EmulatorRefusal {
  let { code } = refused;
  for (const variant of variants) {
    if (variant.code && isActive(variant, context))
      code = variant.code(alternativeCodes({ ...refused, code }, context)) ?? code;
  }
  return code === refused.code ? refused : { ...refused, code };
}

export const applyResponseVariants = (
  variants: readonly Variant[],
  answer: EmulatorResponse,
  context: RequestContext,
): EmulatorResponse => variants.reduce((a, t) => (t.response && isActive(t, context) ? t.response(a, context) : a), answer);

export const refusesUndocumented = (variants: readonly Variant[], context: RequestContext): boolean =>
  variants.some((t) => t.refusesUndocumented && isActive(t, context));

/** The parameters in the order in which they are looked at. */
export const parameterOrder = <T>(
  variants: readonly Variant[],
  list: readonly T[],
  context: RequestContext,
): readonly T[] => (variants.some((t) => t.reverseParameterOrder && isActive(t, context)) ? [...list].reverse() : list);
