/** The ledger: every resource that this run may have created on the target, recorded before its create call is sent. */
import type { CallMembers, Json } from "../model/index.ts";
import { type Lease, withContainers } from "./lease.ts";

export interface LedgerEntry {
  readonly number: number;
  readonly service: string;
  readonly resource: string;
  /** The action that creates it, and the members of the call. */
  readonly action: string;
  readonly input: CallMembers;
  /** Ids of its containers by resource name, the nearest first. */
  readonly containers: Readonly<Record<string, Json>>;
}

/** An entry whose resource is neither "not created" nor deleted. */
export interface OpenEntry extends LedgerEntry {
  /** The id from the response; missing until the create call is accepted. */
  readonly id?: Json;
  /** Why the resource must never be deleted. */
  readonly keptReason?: string;
}

export interface Ledger {
  /** Returns the number of the new entry, after the line was handed to the operating system. @throws if that is not possible. */
  recordIntent(entry: Omit<LedgerEntry, "number">): number;
  /** The create call was accepted; `id` is from the response. */
  recordCreated(entryNumber: number, id: Json): void;
  /** The create call was refused or never sent: nothing exists. */
  recordNotCreated(entryNumber: number): void;
  /** Deleted, or shown not to exist any more. */
  recordDeleted(entryNumber: number): void;
  /** The resource may belong to someone else and is not deleted. */
  recordKept(entryNumber: number, reason: string): void;
  /** The open entries, in the order of their numbers. */
  entries(): OpenEntry[];
  /** The number of open entries without those that are kept. */
  openCount(): number;
  /** Why a line could not be written: no further resource may be created then, while deletion goes on. */
  failure(): unknown;
  /** @throws `failure`, where there is one. */
  close(): void;
}

export type LedgerLine =
  | ({ readonly op: "intend" } & LedgerEntry)
  | { readonly op: "created"; readonly number: number; readonly id: Json }
  | { readonly op: "not-created"; readonly number: number }
  | { readonly op: "deleted"; readonly number: number }
  | { readonly op: "kept"; readonly number: number; readonly reason: string };

/** Applies a line to the open entries. */
export function applyLine(openEntries: Map<number, OpenEntry>, line: LedgerLine): void {
  if (line.op === "intend") {
    const { op: _, ...entry } = line;
    openEntries.set(line.number, entry);
    return;
  }
  const entry = openEntries.get(line.number);
  if (line.op === "not-created" || line.op === "deleted") openEntries.delete(line.number);
  else if (entry && line.op === "created") openEntries.set(line.number, { ...entry, id: line.id });
  else if (entry && line.op === "kept") openEntries.set(line.number, { ...entry, keptReason: line.reason });
}

export interface LedgerOptions {
  readonly write: (line: LedgerLine) => void;
  readonly close: () => void;
  /** The open entries and the next number of a ledger that is resumed. */
  readonly openEntries?: Map<number, OpenEntry>;
  readonly nextNumber?: number;
}

export function ledger({ write, close, openEntries = new Map(), nextNumber = 0 }: LedgerOptions): Ledger {
  let next = nextNumber;
  let failure: unknown;
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      failure ??= error;
    }
  };
  const record = (line: LedgerLine) => {
    attempt(() => write(line));
    // Nothing is created that is not recorded. Without any other line a sweep finds the resource deleted, or by its name.
    if (failure !== undefined && line.op === "intend") throw failure;
    applyLine(openEntries, line);
  };
  return {
    recordIntent: (entry) => {
      const number = next++;
      record({ op: "intend", number, ...entry, input: truncateInput(entry.input) });
      return number;
    },
    recordCreated: (number, id) => record({ op: "created", number, id }),
    recordNotCreated: (number) => record({ op: "not-created", number }),
    recordDeleted: (number) => record({ op: "deleted", number }),
    recordKept: (number, reason) => record({ op: "kept", number, reason }),
    entries: () => [...openEntries.values()],
    openCount: () => [...openEntries.values()].filter(({ keptReason }) => keptReason === undefined).length,
    failure: () => failure,
    close: () => {
      attempt(close);
      if (failure !== undefined) throw failure;
    },
  };
}

/** For runs that write no files. */
export const memoryLedger = (): Ledger => ledger({ write: () => undefined, close: () => undefined });

/** The ids of these containers and of their containers by resource name, the nearest first. */
export const containerIds = (containers: readonly Lease[]): Record<string, Json> =>
  Object.fromEntries(
    containers
      .flatMap((container) => [...withContainers(container)])
      .reverse()
      .map((lease) => [lease.resource.name, lease.id] as const),
  );

/** Replaces long texts: ids and names are enough to find the resource again, and images do not belong in the file. */
const truncateInput = (input: CallMembers): CallMembers =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      typeof value === "string" && value.length > MAX_TEXT_LENGTH ? `[${value.length} characters]` : value,
    ]),
  );

/** In UTF-16 units. Documented ids and names are shorter. */
const MAX_TEXT_LENGTH = 1024;
