/** Several recorded runs → how each target stands with each action and each family of cases. */
import type { CellState, Counts, Matrix, MatrixColumn, MatrixRow, Recording } from "../model/index.ts";
import { createStatusCounter } from "./outcome.ts";
import { summarizeRun } from "./run-summary.ts";

type Counting = ReturnType<typeof createStatusCounter>;
type Cells = (Counting | undefined)[];

/** Each recording is walked once; what is kept are counts. */
export function createMatrix(recordings: readonly Recording[]): Matrix {
  const actions = new Map<string, { cells: Cells; families: Map<string, Cells> }>();
  const totals = recordings.map(() => createStatusCounter());
  recordings.forEach((recording, column) => {
    for (const { action, family, status } of recording.verdicts()) {
      const row = actions.get(action) ?? { cells: [], families: new Map<string, Cells>() };
      actions.set(action, row);
      const cells = row.families.get(family) ?? [];
      row.families.set(family, cells);
      for (const counted of [at(row.cells, column), at(cells, column), totals[column]]) counted?.add(status);
    }
  });
  const whole = recordings.map(isWhole);
  const row = (name: string, cells: Cells): MatrixRow => ({
    name,
    cells: recordings.map((_, i) => {
      const counts = cells[i]?.counts;
      return counts === undefined ? null : standing(counts, whole[i] ?? false);
    }),
  });
  return {
    columns: columnsOf(
      recordings,
      totals.map(({ counts }) => counts),
    ),
    all: row(
      "all",
      totals.map((total) => (Object.values(total.counts).some((count) => count > 0) ? total : undefined)),
    ),
    actions: [...actions].map(([action, { cells, families }]) => ({
      ...row(action, cells),
      families: [...families].map(([family, own]) => row(family, own)),
    })),
  };
}

function at(cells: Cells, column: number): Counting {
  const counted = cells[column] ?? createStatusCounter();
  cells[column] = counted;
  return counted;
}

/** Only of a whole run it may be said that a target conforms; elsewhere there was no failure in what was sent. */
const isWhole = ({ header, footer }: Recording): boolean =>
  footer !== null &&
  !footer.interrupted &&
  header.select.length === 0 &&
  header.depth !== "quick" &&
  header.readOnly !== true;

/** The worst that holds. Where the documents are silent nothing is right or wrong, so those cases are left aside. */
function standing(counts: Counts, whole: boolean): CellState {
  const { passed, failed, known, observed, skipped, unimplemented, indeterminate, errored } = counts;
  const all = Object.values(counts).reduce((total, count) => total + count, 0);
  const held = all - observed;
  const word = (): string => {
    if (errored > 0) return "unsound";
    if (failed > 0) return `${failed} of ${held} failed${indeterminate > 0 ? `, ${indeterminate} undecided` : ""}`;
    if (unimplemented > 0 && passed + known === 0) return "lacks it";
    if (indeterminate > 0) return `${indeterminate} of ${held} undecided`;
    if (known > 0) return `${known} of ${held} known to fail`;
    if (held === 0) return "observed";
    if (skipped + unimplemented > 0) return passed === 0 ? "not judged" : `${passed}/${held}, the rest not judged`;
    return `${whole ? "conformant" : "no failure"} ${passed}/${held}`;
  };
  return { word: word(), counts };
}

function columnsOf(recordings: readonly Recording[], counts: readonly Counts[]): MatrixColumn[] {
  const names = namesOf(recordings);
  return recordings.map((recording, i) => {
    const { header, footer } = recording;
    const remarks: string[] = [];
    if (footer === null) remarks.push("broke off");
    else if (footer.interrupted) remarks.push("interrupted");
    if (header.select.length > 0) remarks.push(`of ${header.select.join(" ")}`);
    if (header.readOnly === true) remarks.push("read-only");
    return { name: names[i] ?? "", ...summarizeRun(recording, counts[i] ?? createStatusCounter().counts), remarks };
  });
}

function namesOf(recordings: readonly Recording[]): string[] {
  const targets = recordings.map(({ header }) => header.target);
  const longer = recordings.map(({ header: { target, run, started } }) =>
    isOnce(targets, target) ? target : `${target} ${run} ${started.slice(0, "2026-11-20".length)}`,
  );
  const seen = new Map<string, number>();
  return longer.map((name) => {
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return isOnce(longer, name) ? name : `${name} (${n})`;
  });
}

const isOnce = (names: readonly string[], name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
