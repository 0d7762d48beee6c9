/** Comparison → the texts that every format has: the two runs, a change, what agrees. */

import { shellWord } from "../../runner/http/shell-quote.ts";
import type { ChangeGroup, ChangeKind, Comparison, ResponseDifference, RunSummary } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

/** The most severe first. */
export const CHANGE_KINDS: readonly ChangeKind[] = ["worse", "added", "other", "better", "removed"];

/** Longest outcome, in UTF-16 units: it may list many findings; the JSON format has all of them. */
export const MAX_TEXT_UNITS = 300;

/** A count with separators: 9,850. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");

/** `A: emulator, run k3v9q2 of 2026-11-20, seed 1, depth standard: 9021 passed, 829 observed`. */
export function sideLine(name: "A" | "B", { target, run, started, seed, depth, counts, complete }: RunSummary): string {
  const statusCounts = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const day = started.slice(0, "2026-11-20".length);
  const countsText = statusCounts.length === 0 ? "no verdict" : statusCounts.join(", ");
  return oneLine(
    `${name}: ${truncate(target, MAX_TEXT_UNITS)}, run ${run} of ${day}, seed ${seed}, depth ${depth}: ${countsText}${complete ? "" : " (incomplete run)"}`,
  );
}

/** How many cases agree, and of how many the responses were compared. */
export function agreement({ agree, compared, responses, undecided }: Comparison): string {
  const noun = responses === 1 ? "response was" : "responses were";
  const responsesNote = responses === 0 ? "responses were not compared" : `${formatCount(responses)} ${noun} compared`;
  const undecidedNote =
    undecided === 0 ? "" : ` ${formatCount(undecided)} ${undecided === 1 ? "case" : "cases"} without a verdict in B.`;
  return `${formatCount(agree)} of ${formatCount(compared)} compared cases agree; ${responsesNote}.${undecidedNote}`;
}

/** `other (known failure in B)`: B's list of known failures accepts the failure. */
export const groupTitle = ({ kind, known }: ChangeGroup): string => (known ? `${kind} (known failure in B)` : kind);

/** `2 of them also with a warning: should: …`; empty where there is none. */
export function warningNote({ cases, casesWithWarning: count, warning }: ChangeGroup): string {
  if (count === 0) return "";
  const prefix = count === cases ? "also with a warning" : `${count} of them also with a warning`;
  return oneLine(`${prefix}: ${truncate(warning, MAX_TEXT_UNITS)}`);
}

/** Lines on what is omitted: the groups after the first `listed` ones, and the changes that are in no group. */
export function omittedLines({ groups, ungrouped }: Comparison, listed: number, source: string): string[] {
  const omittedGroups = groups.slice(listed);
  const cases = omittedGroups.reduce((total, group) => total + group.cases, 0);
  const lines =
    omittedGroups.length === 0
      ? []
      : [`and ${plural(omittedGroups.length, "more group")} of ${plural(cases, "case")}; ${source}`];
  if (ungrouped > 0)
    lines.push(
      `and ${plural(ungrouped, "more case")} that changed or have no verdict, with too many different changes to group them`,
    );
  return lines;
}

/** The command that reruns a case of B; empty where the log of B has none. */
export const rerunFor = ({ b }: Comparison, id: string): string =>
  oneLine(b.rerun.replaceAll("{id}", () => shellWord(id)));

/** One side of a change; `no such case` where the run does not have the case. */
export const formatSide = (outcome: string): string =>
  outcome === "" ? "no such case" : oneLine(truncate(outcome, MAX_TEXT_UNITS));

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
