/** What this run may have created on the target, written before the create is sent. */
import type { CallMembers, Json } from "../model/index.ts";
import { type Lease, withContainers } from "./lease.ts";

export interface LedgerEntry {
  readonly n: number;
  readonly service: string;
  readonly resource: string;
  readonly action: string;
  readonly input: CallMembers;
  /** By resource: the ids of what it stands in, the nearest first. */
  readonly in: Readonly<Record<string, Json>>;
}

/** An entry that is neither void nor gone. */
export interface OpenEntry extends LedgerEntry {
  /** The target's word, once the create was accepted. */
  readonly id?: Json;
  /** Why it is left alone for good. */
  readonly kept?: string;
}

export interface Ledger {
  /** Written and handed to the operating system before it returns. Gives the entry's number. */
  recordIntent(entry: Omit<LedgerEntry, "n">): number;
  /** The create was accepted; the id is the target's word. */
  recordCreated(n: number, id: Json): void;
  /** The create was refused, or never sent: nothing is there. */
  recordNotCreated(n: number): void;
  /** Deleted, or proved to be gone. */
  recordDeleted(n: number): void;
  /** It may be somebody's: it is not deleted. */
  recordKept(n: number, why: string): void;
  /** What is open, in the order in which it was made. */
  entries(): OpenEntry[];
  /** Entries that are neither void nor gone, nor kept. */
  openCount(): number;
  close(): void;
}

export type LedgerLine =
  | ({ readonly op: "intend" } & LedgerEntry)
  | { readonly op: "made"; readonly n: number; readonly id: Json }
  | { readonly op: "void"; readonly n: number }
  | { readonly op: "gone"; readonly n: number }
  | { readonly op: "kept"; readonly n: number; readonly why: string };

/** What a line makes of the open entries. */
export function applyLine(openCount: Map<number, OpenEntry>, line: LedgerLine): void {
  if (line.op === "intend") {
    const { op: _, ...entry } = line;
    openCount.set(line.n, entry);
    return;
  }
  const entry = openCount.get(line.n);
  if (line.op === "void" || line.op === "gone") openCount.delete(line.n);
  else if (entry && line.op === "made") openCount.set(line.n, { ...entry, id: line.id });
  else if (entry && line.op === "kept") openCount.set(line.n, { ...entry, kept: line.why });
}

export interface LedgerOptions {
  readonly write: (line: LedgerLine) => void;
  readonly close: () => void;
  /** What is open already, and the number of the next entry. */
  readonly open?: Map<number, OpenEntry>;
  readonly next?: number;
}

export function ledger({ write, close, open: openCount = new Map(), next = 0 }: LedgerOptions): Ledger {
  let number = next;
  const put = (line: LedgerLine) => {
    write(line);
    applyLine(openCount, line);
  };
  return {
    recordIntent: (entry) => {
      const n = number++;
      put({ op: "intend", n, ...entry, input: truncateInput(entry.input) });
      return n;
    },
    recordCreated: (n, id) => put({ op: "made", n, id }),
    recordNotCreated: (n) => put({ op: "void", n }),
    recordDeleted: (n) => put({ op: "gone", n }),
    recordKept: (n, why) => put({ op: "kept", n, why }),
    entries: () => [...openCount.values()],
    openCount: () => [...openCount.values()].filter(({ kept: recordKept }) => recordKept === undefined).length,
    close,
  };
}

/** For runs that write no files. */
export const memoryLedger = (): Ledger => ledger({ write: () => undefined, close: () => undefined });

/** By resource, what something in these containers stands in. */
export const containerIds = (containers: readonly Lease[]): Record<string, Json> =>
  Object.fromEntries(
    containers
      .flatMap((c) => [...withContainers(c)])
      .reverse()
      .map((l) => [l.resource.name, l.id] as const)
      .reverse(),
  );

/** Ids and names are enough to find a thing again; an image does not belong in a file of ours. */
const truncateInput = (input: CallMembers): CallMembers =>
  Object.fromEntries(
    Object.entries(input).map(([name, v]) => [
      name,
      typeof v === "string" && v.length > longest ? `[${v.length} characters]` : v,
    ]),
  );

/** No documented id or name is longer. */
const longest = 1024;
