/** A comparison → the sentences that every format tells: the answer, the two sides, one change. */
import type { AnswerDifference, ChangeKind, Comparison, Side } from "../../runner/model.ts";
import { statuses } from "../status.ts";
import { clip, oneLine, plural } from "../text.ts";

/** The most urgent first. */
export const kinds: readonly ChangeKind[] = ["worse", "new", "other", "better", "gone"];

/** A state may name many findings; the JSON has all of them. */
export const longest = 300;

/** A count as people read it: 9,850. */
const many = (count: number): string => count.toLocaleString("en-US");

/** `B is worse than A: 3 of 9,850 cases differ (2 worse, 1 other).` */
export function answer(comparison: Comparison): string {
  const { total, cases, compared, agree, undecided, worse, kinds: counts } = comparison;
  const of = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${many(counts[kind])} ${kind}`);
  const differ = `${many(total)} of ${many(cases)} ${cases === 1 ? "case" : "cases"} ${total === 1 ? "differs" : "differ"} (${of.join(", ")})`;
  if (worse) return `B is worse than A: ${differ}.`;
  if (undecided > 0) {
    const lost = `${plural(undecided, "case")} that A judged ${undecided === 1 ? "has" : "have"} no verdict in B`;
    return `B is undecided: ${total > 0 ? `${lost}; ${differ}` : lost}.`;
  }
  if (compared === 0) return "Nothing was compared: not one case has a verdict in both runs.";
  if (total === 0) return `B agrees with A: ${many(agree)} cases, no change.`;
  return `B is ${counts.other + counts.new + counts.gone === 0 ? "better than" : "not worse than"} A: ${differ}.`;
}

/** `A: emulator, run k3v9q2 of 2026-11-20, seed 1, depth standard: 9021 passed, 829 observed`. */
export function sideLine(name: "A" | "B", { target, run, started, seed, depth, counts, whole }: Side): string {
  const some = statuses.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const day = started.slice(0, "2026-11-20".length);
  const told = some.length === 0 ? "no verdict" : some.join(", ");
  return oneLine(
    `${name}: ${clip(target, longest)}, run ${run} of ${day}, seed ${seed}, depth ${depth}: ${told}${whole ? "" : " (not a whole run)"}`,
  );
}

/** What agrees, and how much of it rests on answers. */
export function agreement({ agree, compared, answers, undecided }: Comparison): string {
  const held =
    answers === 0 ? "their answers were not compared" : `${many(answers)} answers were held against their like`;
  const lost = undecided === 0 ? "" : ` ${plural(undecided, "case")} of A without a verdict in B.`;
  return `${many(agree)} of ${many(compared)} compared cases agree; ${held}.${lost}`;
}

/** One side of a change; nothing where that run has no such case. */
export const sideOf = (words: string): string => (words === "" ? "not there" : oneLine(clip(words, longest)));

export const turn = ({ was, is }: { readonly was: string; readonly is: string }): string =>
  `${sideOf(was)} → ${sideOf(is)}`;

/** `status 200 → 400; /Response/Error absent → an object`. */
export const parted = (places: readonly AnswerDifference[]): string =>
  oneLine(
    clip(places.map(({ at, was, is }) => `${at} ${clip(was, longest)} → ${clip(is, longest)}`).join("; "), 3 * longest),
  );
