/** Several recorded runs -> a table with the result of each target for each action and each family of cases. */
import type { CellState, Counts, Matrix, MatrixColumn, MatrixRow, Recording } from "../model/index.ts";
import { totalCount } from "../model/status.ts";
import { createStatusCounter } from "./outcome.ts";
import { summarizeRun } from "./run-summary.ts";

type StatusCounter = ReturnType<typeof createStatusCounter>;
/** By column; undefined where the run has no such case. */
type Cells = (StatusCounter | undefined)[];

/** Each recording is read once; only the counts are kept. */
export function createMatrix(recordings: readonly Recording[]): Matrix {
  const actions = new Map<string, { cells: Cells; families: Map<string, Cells> }>();
  const totals = recordings.map(() => createStatusCounter());
  recordings.forEach((recording, column) => {
    for (const { action, family, status } of recording.verdicts()) {
      const row = actions.get(action) ?? { cells: [], families: new Map<string, Cells>() };
      actions.set(action, row);
      const cells = row.families.get(family) ?? [];
      row.families.set(family, cells);
      for (const counter of [counterAt(row.cells, column), counterAt(cells, column), totals[column]])
        counter?.add(status);
    }
  });
  const completeRuns = recordings.map(isComplete);
  const rowOf = (name: string, cells: Cells): MatrixRow => ({
    name,
    cells: recordings.map((_, column) => {
      const counts = cells[column]?.counts;
      return counts === undefined ? null : cellState(counts, completeRuns[column] ?? false);
    }),
  });
  return {
    columns: columnsOf(
      recordings,
      totals.map(({ counts }) => counts),
    ),
    all: rowOf(
      "all",
      totals.map((total) => (totalCount(total.counts) > 0 ? total : undefined)),
    ),
    actions: [...actions].map(([action, { cells, families }]) => ({
      ...rowOf(action, cells),
      families: [...families].map(([family, familyCells]) => rowOf(family, familyCells)),
    })),
  };
}

function counterAt(cells: Cells, column: number): StatusCounter {
  const counter = cells[column] ?? createStatusCounter();
  cells[column] = counter;
  return counter;
}

/** True for a run of all cases. Only such a run can show that a target is conformant. */
const isComplete = ({ header, footer }: Recording): boolean =>
  footer !== null &&
  !footer.interrupted &&
  header.shard === undefined &&
  header.select.length === 0 &&
  header.depth !== "quick" &&
  header.readOnly !== true;

/** The worst state that applies. Observed cases are not counted, because nothing is documented that they could contradict. */
function cellState(counts: Counts, isCompleteRun: boolean): CellState {
  const { passed, failed, known, observed, skipped, unimplemented, indeterminate, errored } = counts;
  const total = totalCount(counts) - observed;
  const word = (): string => {
    if (errored > 0) return "unsound";
    if (failed > 0) return `${failed} of ${total} failed${indeterminate > 0 ? `, ${indeterminate} undecided` : ""}`;
    if (unimplemented > 0 && passed + known === 0) return "not implemented";
    if (indeterminate > 0) return `${indeterminate} of ${total} undecided`;
    if (known > 0) return `${known} of ${total} known to fail`;
    if (total === 0) return "observed";
    if (skipped + unimplemented > 0) return passed === 0 ? "not judged" : `${passed}/${total}, the rest not judged`;
    return `${isCompleteRun ? "conformant" : "no failure"} ${passed}/${total}`;
  };
  return { word: word(), counts };
}

function columnsOf(recordings: readonly Recording[], counts: readonly Counts[]): MatrixColumn[] {
  const names = columnNames(recordings);
  return recordings.map((recording, column) => {
    const { header, footer } = recording;
    const remarks: string[] = [];
    if (footer === null) remarks.push("broke off");
    else if (footer.interrupted) remarks.push("interrupted");
    if (header.select.length > 0) remarks.push(`only ${header.select.join(" ")}`);
    if (header.readOnly === true) remarks.push("read-only");
    if (header.shard) remarks.push(`shard ${header.shard.index}/${header.shard.count}`);
    const summary = summarizeRun(recording, counts[column] ?? createStatusCounter().counts);
    return { name: names[column] ?? "", ...summary, remarks };
  });
}

/** The target; where several runs have it, also run and day; where these are equal, too, also a number. */
function columnNames(recordings: readonly Recording[]): string[] {
  const targets = recordings.map(({ header }) => header.target);
  const longNames = recordings.map(({ header: { target, run, started } }) =>
    isUnique(targets, target) ? target : `${target} ${run} ${started.slice(0, "2026-11-20".length)}`,
  );
  const numbers = new Map<string, number>();
  return longNames.map((name) => {
    const number = (numbers.get(name) ?? 0) + 1;
    numbers.set(name, number);
    return isUnique(longNames, name) ? name : `${name} (${number})`;
  });
}

const isUnique = (names: readonly string[], name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
