/** The NDJSON log of a run → Recording, in memory that grows by some numbers a verdict. */
import { closeSync, openSync, readSync } from "node:fs";
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { readLogLines } from "./read-lines.ts";
import { addToIndex, emptyIndex, type PlanOrder, sortByPlan, type VerdictIndex } from "./verdict-index.ts";

function parseVerdictAgain<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${path}: the log changed while it was read; render it again when its run is over`);
  }
}

/** The lines that stand at the given rows, read again from the file one by one. */
function* linesAt<T>(path: string, places: VerdictIndex, rows: Uint32Array): Generator<T> {
  const file = openSync(path, "r");
  try {
    let room = Buffer.allocUnsafe(1 << 16);
    for (const row of rows) {
      const length = places.length[row] ?? 0;
      if (room.length < length) room = Buffer.allocUnsafe(length * 2);
      const read = readSync(file, room, 0, length, places.offset[row] ?? 0);
      yield parseVerdictAgain(path, room.toString("utf8", 0, read));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a log (NDJSON, UTF-8; its lines as log.schema.json says). Verdicts, in plan order, and coverage stay in the file
 * and are read again at each walk. Half a last line, as a kill leaves it, is passed over, and a missing footer is `footer: null`.
 * Throws an Error with file, line and remedy where the file is not such a log.
 */
export function readRecording(path: string): Recording {
  const places = emptyIndex();
  const covered = emptyIndex();
  const names = new Map<string, number>();
  let header: Header | undefined;
  let footer: Footer | null = null;
  for (const { line, offset, length } of readLogLines(path)) {
    if (line.type === "header") header = line;
    else if (line.type === "footer") footer = line;
    else if (line.type === "coverage") addToIndex(covered, covered.size, offset, length, 0);
    else {
      const action = names.get(line.action) ?? names.size;
      names.set(line.action, action);
      addToIndex(places, line.planIndex, offset, length, action);
    }
  }
  if (header === undefined) throw new Error(`${path}: no header`);
  let order: PlanOrder;
  try {
    order = sortByPlan(places, [...names.keys()]);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
  const none = new Uint32Array(0);
  const rows = (action?: string): Uint32Array =>
    action === undefined ? order.all : (order.byAction.get(action) ?? none);
  return {
    header,
    footer,
    actions: [...order.byAction.keys()],
    verdicts: (action) => ({ [Symbol.iterator]: () => linesAt<Verdict>(path, places, rows(action)) }),
    coverage: () => linesAt<Coverage>(path, covered, rowsOf(covered)),
  };
}

const rowsOf = (places: VerdictIndex): Uint32Array => Uint32Array.from({ length: places.size }, (_, row) => row);

/** A recording of verdicts that are in memory already, in any order. */
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
