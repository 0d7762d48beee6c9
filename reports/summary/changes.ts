/** A run beside an earlier one → its lines, the same in every report. */
import type { Change, ChangeKind, Since } from "../../runner/model/index.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

const kinds: readonly ChangeKind[] = ["worse", "other", "better", "new", "gone"];

/** A state may name many findings; report.json has all of them. */
const longest = 400;

/** `2 worse, 1 new`; nothing where nothing changed. */
function kindsOf({ kinds: counts }: Since): string {
  return kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`)
    .join(", ");
}

/** `since k3v9q2 of 2026-11-20: 3 changes (2 worse, 1 new), 2 of which fail the run`. */
export function changesHeadline(since: Since): string {
  const day = since.started.slice(0, "2026-11-20".length);
  const of = day === "" ? "" : ` of ${day}`;
  const what =
    since.total === 0
      ? "no change"
      : `${plural(since.total, "change")} (${kindsOf(since)}), ${since.moved === 0 ? "none" : since.moved} of which ${since.moved > 1 ? "fail" : "fails"} the run`;
  return oneLine(`since ${since.run}${of}: ${what}`);
}

/** What was held side by side, and what could not be; then the remarks. */
export function changesNotes(since: Since): string[] {
  const { compared, unheard, open } = since;
  const without = unheard > 0 ? `; ${unheard} without a verdict in one of the two runs` : "";
  const anew = open > 0 ? `; ${open} without one now, which is news` : "";
  return [`${plural(compared, "case")} compared${without}${anew}`, ...since.remarks].map(oneLine);
}

/** `passed: success → failed: …`; one side alone where the other run has none. */
export function formatChange({ was, is }: Change): string {
  const sides = [was === "" ? "not there" : truncate(was, longest), is === "" ? "not there" : truncate(is, longest)];
  return oneLine(sides.join(" → "));
}
