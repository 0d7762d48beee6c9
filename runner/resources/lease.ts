/** A resource that a case uses. */
import type { CallMembers, Json, Resource } from "../model/index.ts";

export interface Lease {
  readonly resource: Resource;
  readonly id: Json;
  /** What its create was called with; empty for a given resource. */
  readonly input: CallMembers;
  /** The resources it is in. */
  readonly containers: readonly Lease[];
  /** Resources that its create needed besides: they go when it goes. */
  readonly supports: readonly Lease[];
  /** Number in the ledger; null for a resource that the target gave. */
  readonly ledgerEntry: number | null;
  /** Leases of one key serve the same purpose. */
  readonly key: string;
  /** Private ones are not handed on. */
  readonly exclusive: boolean;
  deleted: boolean;
  /** A call that changes something has reached it: if it is not there, that is no surprise. */
  mayBeModified: boolean;
}

/** The lease and all that it stands in, the nearest first. */
export function* withContainers(lease: Lease): Iterable<Lease> {
  yield lease;
  for (const container of lease.containers) yield* withContainers(container);
}

/** One that stands by itself: no other call will ask for it by a key. */
export const standaloneLease = (
  resource: Resource,
  id: Json,
  input: Lease["input"],
  containers: readonly Lease[],
  ledgerEntry: number | null,
): Lease => ({
  resource,
  id,
  input,
  containers,
  supports: [],
  ledgerEntry,
  key: "",
  exclusive: true,
  deleted: false,
  mayBeModified: false,
});
