/** A comparison → the sentences that every format tells: the two sides, one change, what agrees. */

import { shellWord } from "../../runner/http/shell-quote.ts";
import type { ChangeGroup, ChangeKind, Comparison, ResponseDifference, RunSummary } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

/** The most urgent first. */
export const CHANGE_KINDS: readonly ChangeKind[] = ["worse", "added", "other", "better", "removed"];

/** A state may name many findings; the JSON has all of them. */
export const MAX_TEXT_UNITS = 300;

/** A count as people read it: 9,850. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");

/** `A: emulator, run k3v9q2 of 2026-11-20, seed 1, depth standard: 9021 passed, 829 observed`. */
export function sideLine(name: "A" | "B", { target, run, started, seed, depth, counts, complete }: RunSummary): string {
  const counted = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const day = started.slice(0, "2026-11-20".length);
  const countsText = counted.length === 0 ? "no verdict" : counted.join(", ");
  return oneLine(
    `${name}: ${truncate(target, MAX_TEXT_UNITS)}, run ${run} of ${day}, seed ${seed}, depth ${depth}: ${countsText}${complete ? "" : " (not a whole run)"}`,
  );
}

/** What agrees, and how much of it rests on answers. */
export function agreement({ agree, compared, responses, undecided }: Comparison): string {
  const noun = responses === 1 ? "answer was" : "answers were";
  const responsesNote =
    responses === 0
      ? "their answers were not compared"
      : `${formatCount(responses)} ${noun} held against ${responses === 1 ? "its" : "their"} like`;
  const undecidedNote =
    undecided === 0 ? "" : ` ${formatCount(undecided)} ${undecided === 1 ? "case" : "cases"} without a verdict in B.`;
  return `${formatCount(agree)} of ${formatCount(compared)} compared cases agree; ${responsesNote}.${undecidedNote}`;
}

/** `other (known there)`: B's list accepts that failure. */
export const groupTitle = ({ kind, known }: ChangeGroup): string => (known ? `${kind} (known there)` : kind);

/** `2 of them with a warning beside: should: …`; empty where there is none. */
export function warningNote({ cases, casesWithWarning: count, warning }: ChangeGroup): string {
  if (count === 0) return "";
  const prefix = count === cases ? "with a warning beside" : `${count} of them with a warning beside`;
  return oneLine(`${prefix}: ${truncate(warning, MAX_TEXT_UNITS)}`);
}

/** What is left out after the first `most` groups, a line each. */
export function omittedLines({ groups, ungrouped }: Comparison, listed: number, where: string): string[] {
  const omittedGroups = groups.slice(listed);
  const cases = omittedGroups.reduce((total, group) => total + group.cases, 0);
  const lines =
    omittedGroups.length === 0
      ? []
      : [`and ${plural(omittedGroups.length, "more group")} of ${plural(cases, "case")}; ${where}`];
  if (ungrouped > 0)
    lines.push(`and ${plural(ungrouped, "more case")} that changed or have no verdict, in too many ways to group them`);
  return lines;
}

/** The command that repeats a case of B; empty where its log has none. */
export const rerunFor = ({ b }: Comparison, id: string): string =>
  oneLine(b.rerun.replaceAll("{id}", () => shellWord(id)));

/** One side of a change; nothing where that run has no such case. */
export const formatSide = (outcome: string): string =>
  outcome === "" ? "not there" : oneLine(truncate(outcome, MAX_TEXT_UNITS));

export const formatBeforeAfter = ({ before, after }: { readonly before: string; readonly after: string }): string =>
  `${formatSide(before)} → ${formatSide(after)}`;

/** `status 200 → 400; /Response/Error absent → an object`. */
export const formatDifferences = (differences: readonly ResponseDifference[]): string =>
  oneLine(
    truncate(
      differences
        .map(
          ({ location, before, after }) =>
            `${location} ${truncate(before, MAX_TEXT_UNITS)} → ${truncate(after, MAX_TEXT_UNITS)}`,
        )
        .join("; "),
      3 * MAX_TEXT_UNITS,
    ),
  );
