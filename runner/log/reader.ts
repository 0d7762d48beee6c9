/** The NDJSON log of a run → Recording. Memory holds only a few numbers per verdict; the verdicts stay in the file. */
import { closeSync, openSync, readSync } from "node:fs";
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { readLogLines } from "./read-lines.ts";
import { addToIndex, emptyIndex, type PlanOrder, sortByPlan, type VerdictIndex } from "./verdict-index.ts";

/** The line was valid when the log was indexed. */
function parseIndexedLine<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${path}: the log changed while it was read; render it again after its run has ended`);
  }
}

/** Reads the lines of the given rows from the file, one by one. */
function* readRows<T>(path: string, index: VerdictIndex, rows: Uint32Array): Generator<T> {
  const file = openSync(path, "r");
  try {
    let buffer = Buffer.allocUnsafe(1 << 16);
    for (const row of rows) {
      const length = index.length[row] ?? 0;
      if (buffer.length < length) buffer = Buffer.allocUnsafe(length * 2);
      const bytesRead = readSync(file, buffer, 0, length, index.offset[row] ?? 0);
      yield parseIndexedLine(path, buffer.toString("utf8", 0, bytesRead));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a log (NDJSON in UTF-8; log.schema.json describes its lines). Verdicts, in plan order, and coverage stay in the file
 * and are read again on each iteration. An incomplete last line of a killed run is skipped; without a footer `footer` is null.
 * @throws an Error with file, line and remedy if the file is not such a log.
 */
export function readRecording(path: string): Recording {
  const verdictIndex = emptyIndex();
  const coverageIndex = emptyIndex();
  const actionNumbers = new Map<string, number>();
  let header: Header | undefined;
  let footer: Footer | null = null;
  for (const { line, offset, length } of readLogLines(path)) {
    if (line.type === "header") header = line;
    else if (line.type === "footer") footer = line;
    else if (line.type === "coverage") addToIndex(coverageIndex, coverageIndex.size, offset, length, 0);
    else {
      const action = actionNumbers.get(line.action) ?? actionNumbers.size;
      actionNumbers.set(line.action, action);
      addToIndex(verdictIndex, line.planIndex, offset, length, action);
    }
  }
  if (header === undefined) throw new Error(`${path}: no header`);
  let order: PlanOrder;
  try {
    order = sortByPlan(verdictIndex, [...actionNumbers.keys()]);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
  const noRows = new Uint32Array(0);
  const rows = (action?: string): Uint32Array =>
    action === undefined ? order.all : (order.byAction.get(action) ?? noRows);
  return {
    header,
    footer,
    actions: [...order.byAction.keys()],
    verdicts: (action) => ({ [Symbol.iterator]: () => readRows<Verdict>(path, verdictIndex, rows(action)) }),
    coverage: () => readRows<Coverage>(path, coverageIndex, allRows(coverageIndex)),
  };
}

const allRows = (index: VerdictIndex): Uint32Array => Uint32Array.from({ length: index.size }, (_, row) => row);

/** A recording of verdicts in memory; they may be in any order. */
export function recordingInMemory(
  header: Header,
  verdicts: readonly Verdict[],
  footer: Footer | null,
  coverage: readonly Coverage[] = [],
): Recording {
  const sorted = [...verdicts].sort((a, b) => a.planIndex - b.planIndex);
  return {
    header,
    footer,
    actions: [...new Set(sorted.map((verdict) => verdict.action))],
    verdicts: (action) => (action === undefined ? sorted : sorted.filter((verdict) => verdict.action === action)),
    coverage: () => coverage,
  };
}
