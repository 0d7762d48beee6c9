/** A run beside an earlier one → its lines, the same in every report. */
import type { Change, ChangeKind, ChangesSince } from "../../runner/model/index.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

const CHANGE_KINDS: readonly ChangeKind[] = ["worse", "other", "better", "added", "removed"];

/** A state may name many findings; report.json has all of them. */
const MAX_OUTCOME_UNITS = 400;

/** `2 worse, 1 added`; nothing where nothing changed. */
function formatKinds({ kinds: counts }: ChangesSince): string {
  return CHANGE_KINDS.filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(", ");
}

/** `since k3v9q2 of 2026-11-20: 3 changes (2 worse, 1 added), 2 of which fail the run`. */
export function changesHeadline(since: ChangesSince): string {
  const day = since.started.slice(0, "2026-11-20".length);
  const ofDay = day === "" ? "" : ` of ${day}`;
  const changes =
    since.total === 0
      ? "no change"
      : `${plural(since.total, "change")} (${formatKinds(since)}), ${since.failing === 0 ? "none" : since.failing} of which ${since.failing > 1 ? "fail" : "fails"} the run`;
  return oneLine(`since ${since.run}${ofDay}: ${changes}`);
}

/** What was held side by side, and what could not be; then the remarks. */
export function changesNotes(since: ChangesSince): string[] {
  const { compared, noVerdict, newlyUndecided } = since;
  const noVerdictNote = noVerdict > 0 ? `; ${noVerdict} without a verdict in one of the two runs` : "";
  const newlyUndecidedNote = newlyUndecided > 0 ? `; ${newlyUndecided} without one now, which is news` : "";
  return [`${plural(compared, "case")} compared${noVerdictNote}${newlyUndecidedNote}`, ...since.remarks].map(oneLine);
}

/** `passed: success → failed: …`; one side alone where the other run has none. */
export function formatChange({ before, after }: Change): string {
  const sides = [
    before === "" ? "not there" : truncate(before, MAX_OUTCOME_UNITS),
    after === "" ? "not there" : truncate(after, MAX_OUTCOME_UNITS),
  ];
  return oneLine(sides.join(" → "));
}
