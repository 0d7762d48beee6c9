/** The faults with a name of their own that an operator makes. */
import type { Fault } from "../fault.ts";
import type { OperatorFault } from "../operators/operator.ts";
import { callRows } from "./calls.ts";
import { limitRows } from "./limits.ts";
import { responseRows } from "./responses.ts";
import { type NamedRow, namedFault } from "./row.ts";
import { stateRows } from "./states.ts";
import { valueRows } from "./values.ts";

const rows: readonly NamedRow[] = [...limitRows, ...valueRows, ...stateRows, ...responseRows, ...callRows];

/** The id of the operator's fault, by that of the named one. */
export const operatorIds: ReadonlyMap<string, string> = new Map(rows.map(([id, , of]) => [id, of]));

export function namedOperatorFaults(operatorFaults: readonly OperatorFault[]): Fault[] {
  const byId = new Map(operatorFaults.map((fault) => [fault.id, fault]));
  return rows.flatMap((row) => namedFault(row, byId) ?? []);
}
