/** Positions of the lines of a log → a recording whose verdicts stay in the file and are read when they are iterated. */
import { closeSync, openSync, readSync } from "node:fs";
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { addToIndex, emptyIndex, type PlanOrder, sortByPlan, type VerdictIndex } from "./verdict-index.ts";

/** Collects the positions while a log is read or written. Offsets and lengths are in bytes, without the line feed. */
export interface LogIndex {
  add(line: Header | Verdict | Coverage | Footer, offset: number, length: number): void;
  /** @throws an Error if the log has no header, or two verdicts with the same plan index. */
  recording(): Recording;
}

export function createLogIndex(path: string): LogIndex {
  const verdictIndex = emptyIndex();
  const coverageIndex = emptyIndex();
  const actionNumbers = new Map<string, number>();
  let header: Header | undefined;
  let footer: Footer | null = null;
  return {
    add(line, offset, length) {
      if (line.type === "header") header = line;
      else if (line.type === "footer") footer = line;
      else if (line.type === "coverage") addToIndex(coverageIndex, coverageIndex.size, offset, length, 0);
      else {
        let action = actionNumbers.get(line.action);
        if (action === undefined) {
          action = actionNumbers.size;
          actionNumbers.set(line.action, action);
        }
        addToIndex(verdictIndex, line.planIndex, offset, length, action);
      }
    },
    recording() {
      if (header === undefined) throw new Error(`${path}: no header`);
      const order = planOrder(path, verdictIndex, [...actionNumbers.keys()]);
      const rows = (action?: string): Uint32Array =>
        action === undefined ? order.all : (order.byAction.get(action) ?? new Uint32Array(0));
      return {
        header,
        footer,
        actions: [...order.byAction.keys()],
        verdicts: (action) => ({ [Symbol.iterator]: () => readRows<Verdict>(path, verdictIndex, rows(action)) }),
        // A run that broke off wrote the coverage of some actions only.
        coverage: () => (footer === null ? [] : readRows<Coverage>(path, coverageIndex, allRows(coverageIndex))),
      };
    },
  };
}

function planOrder(path: string, index: VerdictIndex, actions: readonly string[]): PlanOrder {
  try {
    return sortByPlan(index, actions);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

const allRows = (index: VerdictIndex): Uint32Array => Uint32Array.from({ length: index.size }, (_, row) => row);

/** Bytes that are read at once. Verdicts that are neighbours in the plan are near each other in the file. */
const CHUNK_BYTES = 1 << 18;
/** Bytes of a chunk before the wanted line: cases that run at the same time end in another order than planned. */
const BYTES_BEFORE = 1 << 14;

/** Reads the lines of the given rows, one by one. */
function* readRows<T>(path: string, index: VerdictIndex, rows: Uint32Array): Generator<T> {
  const file = openSync(path, "r");
  try {
    let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let from = 0;
    let to = 0;
    for (const row of rows) {
      const offset = index.offset[row] ?? 0;
      const length = index.length[row] ?? 0;
      if (offset < from || offset + length > to) {
        if (chunk.length < length) chunk = Buffer.allocUnsafe(length * 2);
        from = Math.max(0, offset - Math.min(BYTES_BEFORE, chunk.length - length));
        to = from + readSync(file, chunk, 0, chunk.length, from);
      }
      yield parseIndexedLine(path, chunk.toString("utf8", offset - from, Math.min(offset + length, to) - from));
    }
  } finally {
    closeSync(file);
  }
}

/** The line was valid when the log was indexed. */
function parseIndexedLine<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${path}: the log changed while it was read; render it again after its run has ended`);
  }
}
