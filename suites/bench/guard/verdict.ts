/** Measurements of two trees, turn about → whether the later tree is worse. */
import { median } from "../statistics.ts";

/** Values of one round, measured directly after each other, so that both meet the same load of the machine. */
export interface RoundPair {
  readonly before: number;
  readonly after: number;
}

export type GuardVerdict = "as before" | "worse" | "undecided";

/** A tree is worse beyond this ratio. The noise of a median of five is about a third of it on a busy machine. */
const MAX_RATIO = 1.1;
/** From this ratio on, the noise could hide that a tree is worse, or only pretend it: further rounds decide. */
const MIN_UNDECIDED_RATIO = 1.06;

/** Of all rounds: a round that something else disturbed does not move it. */
export const medianRatio = (pairs: readonly RoundPair[]): number =>
  median(pairs.map(({ before, after }) => after / before));

/** `isFinal`: no further rounds are possible. */
export function guardVerdict(pairs: readonly RoundPair[], isFinal: boolean): GuardVerdict {
  const ratio = medianRatio(pairs);
  // No noise is above the limit in every round.
  if (pairs.every(({ before, after }) => after / before > MAX_RATIO)) return "worse";
  if (!isFinal) return ratio > MIN_UNDECIDED_RATIO ? "undecided" : "as before";
  return ratio > MAX_RATIO ? "worse" : "as before";
}
