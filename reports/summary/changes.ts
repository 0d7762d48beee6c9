/** Changes since an earlier run → their lines, the same in every report. */
import type { Change, ChangeKind, ChangesSince } from "../../runner/model/index.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

const CHANGE_KINDS: readonly ChangeKind[] = ["worse", "other", "better", "added", "removed"];

/** Longest outcome, in UTF-16 units: it may list many findings; report.json has all of them. */
const MAX_OUTCOME_UNITS = 400;

/** `2 worse, 1 added`; empty where nothing changed. */
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

/** How many cases were compared, how many have no verdict, then the remarks of the comparison. */
export function changesNotes(since: ChangesSince): string[] {
  const { compared, noVerdict, newlyUndecided } = since;
  const noVerdictNote = noVerdict > 0 ? `; ${noVerdict} without a verdict in one of the two runs` : "";
  const newlyUndecidedNote = newlyUndecided > 0 ? `; ${newlyUndecided} newly without a verdict` : "";
  return [`${plural(compared, "case")} compared${noVerdictNote}${newlyUndecidedNote}`, ...since.remarks].map(oneLine);
}

/** `passed: success → failed: …`, with `no such case` for a run that does not have the case. */
export function formatChange({ before, after }: Change): string {
  const sides = [
    before === "" ? "no such case" : truncate(before, MAX_OUTCOME_UNITS),
    after === "" ? "no such case" : truncate(after, MAX_OUTCOME_UNITS),
  ];
  return oneLine(sides.join(" → "));
}
