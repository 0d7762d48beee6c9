/** A resource on the target that a case uses. */
import type { CallMembers, Json, Resource } from "../model/index.ts";

export interface Lease {
  readonly resource: Resource;
  readonly id: Json;
  /** The members of its create call; empty for a resource that the target provides. */
  readonly input: CallMembers;
  /** The resources that it is directly in. */
  readonly containers: readonly Lease[];
  /** Other resources that its create call needed; they are deleted with it. */
  readonly supports: readonly Lease[];
  /** Number of its ledger entry; null for a resource that the run did not create. */
  readonly ledgerEntry: number | null;
  /** Leases with the same key are interchangeable. */
  readonly key: string;
  /** Used by one case only and deleted afterwards. */
  readonly exclusive: boolean;
  deleted: boolean;
  /** A mutating call may have changed or deleted it: that it no longer exists is then expected. */
  mayBeModified: boolean;
}

/** The lease and all of its direct and indirect containers, the nearest first. */
export function* withContainers(lease: Lease): Iterable<Lease> {
  yield lease;
  for (const container of lease.containers) yield* withContainers(container);
}

/** A lease outside of the pool: it has no key, so no other case can get it. */
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
