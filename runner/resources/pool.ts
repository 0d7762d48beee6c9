/** The resources of a run → leases for its cases: shared where the case expects a refusal, exclusive where its call changes them. */
import type { Case, Json } from "../model/index.ts";
import { acquireForCase, type CaseResources, type LeaseSource } from "./case-resources.ts";
import { deleteLease } from "./delete.ts";
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import { SetupError } from "./target-call.ts";

export interface ResourcePool {
  acquire(testCase: Case, requiredIds: ReadonlyMap<string, Json>, token: string): Promise<CaseResources>;
  /** The leases that no case holds. */
  idleLeases(): Iterable<Lease>;
  /** Deletes a resource that a judged call created. */
  deleteCreated(lease: Lease): Promise<void>;
  /** A judged call has deleted the resource, and a probe has confirmed it. */
  markDeleted(lease: Lease): void;
  /** Deletes all remaining resources; returns the number of those that could not be deleted. */
  deleteAll(): Promise<number>;
  readonly context: ResourceContext;
}

export function createResourcePool(context: ResourceContext): ResourcePool {
  /** By key. */
  const idleLeases = new Map<string, Lease[]>();
  const undeletable: Lease[] = [];
  const remove = async (lease: Lease): Promise<boolean> => {
    if (lease.ledgerEntry === null && lease.supports.length === 0) return true;
    for (const [key, leases] of idleLeases) {
      const contained = leases.filter((idle) => idle.containers.includes(lease));
      if (contained.length === 0) continue;
      const others = leases.filter((idle) => !contained.includes(idle));
      if (others.length > 0) idleLeases.set(key, others);
      else idleLeases.delete(key);
      for (const inner of contained) await remove(inner);
    }
    const isDeleted = await deleteLease(context, lease);
    if (!isDeleted) undeletable.push(lease);
    return isDeleted;
  };
  const source: LeaseSource = {
    takeIdle: (key) => {
      const leases = idleLeases.get(key);
      const lease = leases?.pop();
      if (leases?.length === 0) idleLeases.delete(key);
      return lease;
    },
    giveBack: (lease) => {
      if (lease.resource.id === "given") return;
      const leases = idleLeases.get(lease.key);
      if (leases) leases.push(lease);
      else idleLeases.set(lease.key, [lease]);
    },
    remove,
  };
  return {
    context,
    async acquire(testCase, requiredIds, token) {
      let hasReused = false;
      const takeIdle = (key: string) => {
        const lease = source.takeIdle(key);
        hasReused ||= lease !== undefined;
        return lease;
      };
      try {
        return await acquireForCase(context, { ...source, takeIdle }, testCase, requiredIds, token);
      } catch (error) {
        // A reused resource may have been deleted by an earlier case: try once more with new ones only.
        if (!(error instanceof SetupError && hasReused && error.requestErrorCode === undefined)) throw error;
        return acquireForCase(context, { ...source, takeIdle: () => undefined }, testCase, requiredIds, token);
      }
    },
    idleLeases: () => [...idleLeases.values()].flat(),
    markDeleted(lease) {
      if (lease.deleted || lease.ledgerEntry === null) return;
      lease.deleted = true;
      context.ledger.recordDeleted(lease.ledgerEntry);
    },
    deleteCreated: async (lease) => void (await remove(lease)),
    async deleteAll() {
      for (let leases = [...idleLeases.values()].flat(); leases.length > 0; leases = [...idleLeases.values()].flat()) {
        idleLeases.clear();
        // Contained resources before their containers.
        const contained = leases.filter((lease) => lease.containers.some((container) => leases.includes(container)));
        const others = leases.filter((lease) => !contained.includes(lease));
        for (const lease of [...contained, ...others]) await remove(lease);
      }
      const retries = undeletable.splice(0);
      for (const lease of retries) if (!(await deleteLease(context, lease))) undeletable.push(lease);
      return undeletable.length;
    },
  };
}
