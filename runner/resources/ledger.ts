/** What this run may have created on the target, written before the create is sent. */
import type { CallMembers, Json } from "../model/index.ts";
import { type Lease, withContainers } from "./lease.ts";

export interface LedgerEntry {
  readonly number: number;
  readonly service: string;
  readonly resource: string;
  readonly action: string;
  readonly input: CallMembers;
  /** By resource: the ids of what it stands in, the nearest first. */
  readonly containers: Readonly<Record<string, Json>>;
}

/** An entry that is neither void nor gone. */
export interface OpenEntry extends LedgerEntry {
  /** The target's word, once the create was accepted. */
  readonly id?: Json;
  /** Why it is left alone for good. */
  readonly keptReason?: string;
}

export interface Ledger {
  /** Written and handed to the operating system before it returns. Gives the entry's number. */
  recordIntent(entry: Omit<LedgerEntry, "number">): number;
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
  | { readonly op: "made"; readonly number: number; readonly id: Json }
  | { readonly op: "void"; readonly number: number }
  | { readonly op: "gone"; readonly number: number }
  | { readonly op: "kept"; readonly number: number; readonly reason: string };

/** What a line makes of the open entries. */
export function applyLine(openCount: Map<number, OpenEntry>, line: LedgerLine): void {
  if (line.op === "intend") {
    const { op: _, ...entry } = line;
    openCount.set(line.number, entry);
    return;
  }
  const entry = openCount.get(line.number);
  if (line.op === "void" || line.op === "gone") openCount.delete(line.number);
  else if (entry && line.op === "made") openCount.set(line.number, { ...entry, id: line.id });
  else if (entry && line.op === "kept") openCount.set(line.number, { ...entry, keptReason: line.reason });
}

export interface LedgerOptions {
  readonly write: (line: LedgerLine) => void;
  readonly close: () => void;
  /** What is open already, and the number of the next entry. */
  readonly openEntries?: Map<number, OpenEntry>;
  readonly nextNumber?: number;
}

export function ledger({ write, close, openEntries: openCount = new Map(), nextNumber = 0 }: LedgerOptions): Ledger {
  let number = nextNumber;
  const put = (line: LedgerLine) => {
    write(line);
    applyLine(openCount, line);
  };
  return {
    recordIntent: (entry) => {
      const number = number++;
      put({ op: "intend", number, ...entry, input: truncateInput(entry.input) });
      return number;
    },
    recordCreated: (number, id) => put({ op: "made", number, id }),
    recordNotCreated: (number) => put({ op: "void", number }),
    recordDeleted: (number) => put({ op: "gone", number }),
    recordKept: (number, reason) => put({ op: "kept", number, reason }),
    entries: () => [...openCount.values()],
    openCount: () => [...openCount.values()].filter(({ keptReason: recordKept }) => recordKept === undefined).length,
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
