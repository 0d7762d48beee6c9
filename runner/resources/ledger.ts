/** What this run may have created on the target, written before the create is sent. */
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Json, Members } from "../model.ts";

export interface LedgerEntry {
  readonly n: number;
  readonly service: string;
  readonly resource: string;
  readonly action: string;
  readonly input: Members;
}

export interface Ledger {
  /** Written and handed to the operating system before it returns. Gives the entry's number. */
  intend(entry: Omit<LedgerEntry, "n">): number;
  /** The create was accepted; the id is the target's word. */
  made(n: number, id: Json): void;
  /** The create was refused: nothing is there. */
  void(n: number): void;
  /** Deleted, or proved to be gone. */
  gone(n: number): void;
  /** Entries that are neither void nor gone. */
  open(): number;
  close(): void;
}

export interface LedgerHead {
  readonly run: string;
  readonly target: string;
  readonly started: string;
}

export function fileLedger(path: string, head: LedgerHead): Ledger {
  keepOpen(path);
  const file = openSync(path, "w");
  // One write call a line: after it returns a killed process loses nothing of it.
  const write = (line: object) => void writeSync(file, `${JSON.stringify(line)}\n`);
  write({ op: "head", format: 1, ...head });
  return ledger(write, () => closeSync(file));
}

/** A ledger that still names something is not written over: it is put aside under its run's id. */
function keepOpen(path: string): void {
  if (!existsSync(path)) return;
  const open = new Set<number>();
  let run = "";
  for (const text of readFileSync(path, "utf8").split("\n")) {
    let line: { op?: string; n?: number; run?: string };
    try {
      line = JSON.parse(text) as typeof line;
    } catch {
      continue; // the end of the file, or half a line as a kill leaves it
    }
    if (line.op === "head") run = line.run ?? "";
    if (line.op === "intend") open.add(line.n ?? -1);
    if (line.op === "void" || line.op === "gone") open.delete(line.n ?? -1);
  }
  if (open.size > 0) renameSync(path, path.replace(/(\.ndjson)?$/, `.${run || "earlier"}$1`));
}

/** For runs that write no files. */
export const memoryLedger = (): Ledger =>
  ledger(
    () => undefined,
    () => undefined,
  );

function ledger(write: (line: object) => void, close: () => void): Ledger {
  let next = 0;
  let open = 0;
  return {
    intend: (entry) => {
      const n = next++;
      open++;
      write({ op: "intend", n, ...entry, input: brief(entry.input) });
      return n;
    },
    made: (n, id) => write({ op: "made", n, id }),
    void: (n) => {
      open--;
      write({ op: "void", n });
    },
    gone: (n) => {
      open--;
      write({ op: "gone", n });
    },
    open: () => open,
    close,
  };
}

/** Ids and names are enough to find a thing again; an image does not belong in a file of ours. */
const brief = (input: Members): Members =>
  Object.fromEntries(
    Object.entries(input).map(([name, v]) => [
      name,
      typeof v === "string" && v.length > longest ? `[${v.length} characters]` : v,
    ]),
  );

/** No documented id or name is longer. */
const longest = 1024;
