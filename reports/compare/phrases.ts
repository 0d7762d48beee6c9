/** A comparison → the sentences that every format tells: the two sides, one change, what agrees. */
import type { ChangeGroup, ChangeKind, Comparison, ResponseDifference, RunSummary } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { shellQuoted } from "../text/sentences.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

/** The most urgent first. */
export const CHANGE_KINDS: readonly ChangeKind[] = ["worse", "added", "other", "better", "removed"];

/** A state may name many findings; the JSON has all of them. */
export const MAX_TEXT = 300;

/** A count as people read it: 9,850. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");

/** `A: emulator, run k3v9q2 of 2026-11-20, seed 1, depth standard: 9021 passed, 829 observed`. */
export function sideLine(name: "A" | "B", { target, run, started, seed, depth, counts, complete }: RunSummary): string {
  const some = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const day = started.slice(0, "2026-11-20".length);
  const told = some.length === 0 ? "no verdict" : some.join(", ");
  return oneLine(
    `${name}: ${truncate(target, MAX_TEXT)}, run ${run} of ${day}, seed ${seed}, depth ${depth}: ${told}${complete ? "" : " (not a whole run)"}`,
  );
}

/** What agrees, and how much of it rests on answers. */
export function agreement({ agree, compared, responses, undecided }: Comparison): string {
  const was = responses === 1 ? "answer was" : "answers were";
  const held =
    responses === 0
      ? "their answers were not compared"
      : `${formatCount(responses)} ${was} held against ${responses === 1 ? "its" : "their"} like`;
  const lost =
    undecided === 0 ? "" : ` ${formatCount(undecided)} ${undecided === 1 ? "case" : "cases"} without a verdict in B.`;
  return `${formatCount(agree)} of ${formatCount(compared)} compared cases agree; ${held}.${lost}`;
}

/** `other (known there)`: B's list accepts that failure. */
export const groupTitle = ({ kind, known }: ChangeGroup): string => (known ? `${kind} (known there)` : kind);

/** `2 of them with a warning beside: should: …`; empty where there is none. */
export function warningNote({ cases, casesWithWarning: count, warning }: ChangeGroup): string {
  if (count === 0) return "";
  const who = count === cases ? "with a warning beside" : `${count} of them with a warning beside`;
  return oneLine(`${who}: ${truncate(warning, MAX_TEXT)}`);
}

/** What is left out after the first `most` groups, a line each. */
export function omittedLines({ groups, ungrouped }: Comparison, most: number, where: string): string[] {
  const rest = groups.slice(most);
  const cases = rest.reduce((total, group) => total + group.cases, 0);
  const lines =
    rest.length === 0 ? [] : [`and ${plural(rest.length, "more group")} of ${plural(cases, "case")}; ${where}`];
  if (ungrouped > 0)
    lines.push(`and ${plural(ungrouped, "more case")} that changed or have no verdict, in too many ways to group them`);
  return lines;
}

/** The command that repeats a case of B; empty where its log has none. */
export const rerunFor = ({ b }: Comparison, id: string): string =>
  oneLine(b.rerun.replaceAll("{id}", () => shellQuoted(id)));

/** One side of a change; nothing where that run has no such case. */
export const formatSide = (words: string): string => (words === "" ? "not there" : oneLine(truncate(words, MAX_TEXT)));

export const formatBeforeAfter = ({ before, after }: { readonly before: string; readonly after: string }): string =>
  `${formatSide(before)} → ${formatSide(after)}`;

/** `status 200 → 400; /Response/Error absent → an object`. */
export const formatDifferences = (places: readonly ResponseDifference[]): string =>
  oneLine(
    truncate(
      places
        .map(
          ({ location, before, after }) => `${location} ${truncate(before, MAX_TEXT)} → ${truncate(after, MAX_TEXT)}`,
        )
        .join("; "),
      3 * MAX_TEXT,
    ),
  );
