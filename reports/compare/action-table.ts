/** A comparison → the rows of its table by action. */
import type { ActionComparison, Comparison } from "../../runner/model/index.ts";
import { oneLine } from "../text/visible-text.ts";
import { CHANGE_KINDS } from "./phrases.ts";

export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
}

/** Columns: action, compared, agree, answers, each kind that there is, and those without a verdict in B. A zero is an empty cell. */
export function rowsOf(comparison: Comparison): Rows {
  const some = CHANGE_KINDS.filter((kind) => comparison.kinds[kind] > 0);
  const lost = comparison.undecided > 0;
  const cells = (of: Omit<ActionComparison, "action">): string[] =>
    [of.compared, of.agree, of.responses, ...some.map((kind) => of.kinds[kind]), ...(lost ? [of.undecided] : [])].map(
      (count) => (count === 0 ? "" : String(count)),
    );
  return {
    head: ["action", "compared", "agree", "answers", ...some, ...(lost ? ["undecided"] : [])],
    rows: comparison.actions.map((row) => [oneLine(row.action), ...cells(row)]),
    foot: ["all", ...cells(comparison)],
  };
}
