/** Comparison → its table by action. */
import type { ActionComparison, Comparison } from "../../runner/model/index.ts";
import { oneLine } from "../text/visible-text.ts";
import { CHANGE_KINDS } from "./phrases.ts";

export interface ComparisonTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
}

/** Columns: action, compared, agree, responses, each kind of change that occurs, and cases without a verdict in B. A zero is an empty cell. */
export function comparisonTable(comparison: Comparison): ComparisonTable {
  const presentKinds = CHANGE_KINDS.filter((kind) => comparison.kinds[kind] > 0);
  const hasUndecided = comparison.undecided > 0;
  const cells = (counts: Omit<ActionComparison, "action">): string[] =>
    [
      counts.compared,
      counts.agree,
      counts.responses,
      ...presentKinds.map((kind) => counts.kinds[kind]),
      ...(hasUndecided ? [counts.undecided] : []),
    ].map((count) => (count === 0 ? "" : String(count)));
  return {
    head: ["action", "compared", "agree", "responses", ...presentKinds, ...(hasUndecided ? ["undecided"] : [])],
    rows: comparison.actions.map((row) => [oneLine(row.action), ...cells(row)]),
    foot: ["all", ...cells(comparison)],
  };
}
