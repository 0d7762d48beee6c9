/** One variant of the emulator that is as right as the healthy one: a freedom that the documents leave, and the hooks by which it is used. */

import { acceptedBeside } from "../documented-codes.ts";
import type { Family } from "../gateway-codes.ts";
import type { Refused } from "../refusal.ts";
import type { Context } from "../request-context.ts";
import type { Answer } from "../response.ts";
import type { Late } from "./eventual-consistency.ts";
import type { Manner } from "./response-delivery.ts";

export interface Twin {
  readonly id: string;
  readonly says: string;
  /** The family of services in whose answers it shows; absent where in all. */
  readonly family?: Family;
  /** What it makes use of, in the words of `suites/self/detection/documented-freedoms.ts`. */
  readonly uses: readonly string[];
  /** Of codes that will all do, the one to give. */
  readonly code?: (codes: readonly string[]) => string | undefined;
  /** Refuses what the documents leave open; the healthy emulator accepts it. */
  readonly refusesOpen?: true;
  /** Looks at parameters from the last to the first. */
  readonly backwards?: true;
  /** The answer before it is written. */
  readonly answer?: (answer: Answer, context: Context) => Answer;
  /** Changes that are not seen at once. */
  readonly late?: Late;
  /** How the answer's bytes are put on the connection. */
  readonly manner?: Manner;
}

const shows = ({ family }: Twin, context: Pick<Context, "family">): boolean =>
  family === undefined || family === context.family;

/** The refusal with another code that will do as well. */
export function throughTwins(refused: Refused, context: Context): Refused {
  let { code } = refused;
  for (const twin of context.world.twins) {
    if (twin.code && shows(twin, context)) code = twin.code(acceptedBeside({ ...refused, code }, context)) ?? code;
  }
  return code === refused.code ? refused : { ...refused, code };
}

export const answerThroughTwins = (answer: Answer, context: Context): Answer =>
  context.world.twins.reduce((a, t) => (t.answer && shows(t, context) ? t.answer(a, context) : a), answer);

export const refusesOpen = (context: Context): boolean =>
  context.world.twins.some((t) => t.refusesOpen && shows(t, context));

/** The parameters in the order in which they are looked at. */
export const inOrder = <T>(context: Context, list: readonly T[]): readonly T[] =>
  context.world.twins.some((t) => t.backwards && shows(t, context)) ? [...list].reverse() : list;
