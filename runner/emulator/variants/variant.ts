/** One variant of the emulator that is as right as the healthy one: a freedom that the documents leave, and the hooks by which it is used. */

import { alternativeCodes } from "../documented-codes.ts";
import type { ServiceFamily } from "../gateway-codes.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import type { EmulatorResponse } from "../response.ts";
import type { LateChanges } from "./eventual-consistency.ts";
import type { DeliveryOptions } from "./response-delivery.ts";

export interface Variant {
  readonly id: string;
  readonly says: string;
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
  readonly answer?: (answer: EmulatorResponse, context: RequestContext) => EmulatorResponse;
  /** Changes that are not seen at once. */
  readonly late?: LateChanges;
  /** How the answer's bytes are put on the connection. */
  readonly manner?: DeliveryOptions;
}

const shows = ({ family }: Variant, context: Pick<RequestContext, "family">): boolean =>
  family === undefined || family === context.family;

/** The refusal with another code that will do as well. */
export function applyCodeVariants(refused: EmulatorRefusal, context: RequestContext): EmulatorRefusal {
  let { code } = refused;
  for (const twin of context.world.twins) {
    if (twin.code && shows(twin, context)) code = twin.code(alternativeCodes({ ...refused, code }, context)) ?? code;
  }
  return code === refused.code ? refused : { ...refused, code };
}

export const applyResponseVariants = (answer: EmulatorResponse, context: RequestContext): EmulatorResponse =>
  context.world.twins.reduce((a, t) => (t.answer && shows(t, context) ? t.answer(a, context) : a), answer);

export const refusesOpen = (context: RequestContext): boolean =>
  context.world.twins.some((t) => t.refusesUndocumented && shows(t, context));

/** The parameters in the order in which they are looked at. */
export const parameterOrder = <T>(context: RequestContext, list: readonly T[]): readonly T[] =>
  context.world.twins.some((t) => t.reverseParameterOrder && shows(t, context)) ? [...list].reverse() : list;
