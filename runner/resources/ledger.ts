/** What this run may have created on the target, written before the create is sent. */
import { closeSync, openSync, writeSync } from "node:fs";
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
  const file = openSync(path, "w");
  // One write call a line: after it returns a killed process loses nothing of it.
  const write = (line: object) => void writeSync(file, `${JSON.stringify(line)}\n`);
  write({ op: "head", format: 1, ...head });
  return ledger(write, () => closeSync(file));
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
      write({ op: "intend", n, ...entry });
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
