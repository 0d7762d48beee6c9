/** Tally → the table by action, the same in every report. */
import type { Status } from "../../runner/model/index.ts";
import { STATUSES, totalCount } from "../../runner/model/status.ts";
import { oneLine } from "../text/visible-text.ts";
import type { RunTally } from "./tally.ts";

export interface ActionTable {
  readonly head: readonly string[];
  /** One row for each action, in plan order. */
  readonly rows: readonly (readonly string[])[];
  readonly foot: readonly string[];
  /** The statuses of the columns, beginning with the third. */
  readonly columns: readonly Status[];
}

/** Columns: action, cases, passed, failed, and each other status that a case has. A zero is an empty cell. */
export function tallyTable(tally: RunTally): ActionTable {
  const columns = STATUSES.filter((status) => status === "passed" || status === "failed" || tally.counts[status] > 0);
  const cells = (counts: RunTally["counts"]): string[] =>
    [totalCount(counts), ...columns.map((status) => counts[status])].map((count) => (count === 0 ? "" : String(count)));
  return {
    head: ["action", "cases", ...columns],
    rows: [...tally.actions].map(([action, { counts }]) => [oneLine(action), ...cells(counts)]),
    foot: ["all", ...cells(tally.counts)],
    columns,
  };
}
