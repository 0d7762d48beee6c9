/** The states that cases start from → leases: shared where a refusal is expected, private where the call changes them. */
import type { Case, Json } from "../model/index.ts";
import { acquireForCase, type CaseResources, type LeaseSource } from "./case-resources.ts";
import { deleteLease } from "./delete.ts";
import type { Lease } from "./lease.ts";
import type { ResourceContext } from "./resource-context.ts";
import { SetupError } from "./target-call.ts";

export interface ResourcePool {
  acquire(testCase: Case, preset: ReadonlyMap<string, Json>, token: string): Promise<CaseResources>;
  /** A resource that a judged call has made: ours from now on. */
  deleteCreated(lease: Lease): Promise<void>;
  /** A judged call has deleted it, and a probe has shown it. */
  markDeleted(lease: Lease): void;
  /** Deletes all that is left; the number of those that would not go. */
  deleteAll(): Promise<number>;
  readonly context: ResourceContext;
}

export function createResourcePool(context: ResourceContext): ResourcePool {
  const idle = new Map<string, Lease[]>();
  const stuck: Lease[] = [];
  const remove = async (lease: Lease): Promise<boolean> => {
    if (lease.ledgerEntry === null && lease.supports.length === 0) return true;
    for (const [key, leases] of idle) {
      const inside = leases.filter((l) => l.containers.includes(lease));
      if (inside.length === 0) continue;
      const rest = leases.filter((l) => !inside.includes(l));
      if (rest.length > 0) idle.set(key, rest);
      else idle.delete(key);
      for (const l of inside) await remove(l);
    }
    const gone = await deleteLease(context, lease);
    if (!gone) stuck.push(lease);
    return gone;
  };
  const pool: LeaseSource = {
    takeIdle: (key) => {
      const leases = idle.get(key);
      const lease = leases?.pop();
      if (leases?.length === 0) idle.delete(key);
      return lease;
    },
    giveBack: (lease) => {
      if (lease.resource.id === "given") return;
      const leases = idle.get(lease.key);
      if (leases) leases.push(lease);
      else idle.set(lease.key, [lease]);
    },
    remove,
  };
  return {
    context,
    async acquire(testCase, preset, token) {
      let reused = false;
      const takeIdle = (key: string) => {
        const lease = pool.takeIdle(key);
        reused ||= lease !== undefined;
        return lease;
      };
      try {
        return await acquireForCase(context, { ...pool, takeIdle }, testCase, preset, token);
      } catch (error) {
        // What was lent before may be gone, whoever did it: this case must not suffer for it.
        if (!(error instanceof SetupError && reused && error.refused === undefined)) throw error;
        return acquireForCase(context, { ...pool, takeIdle: () => undefined }, testCase, preset, token);
      }
    },
    markDeleted(lease) {
      if (lease.deleted || lease.ledgerEntry === null) return;
      lease.deleted = true;
      context.ledger.recordDeleted(lease.ledgerEntry);
    },
    deleteCreated: async (lease) => void (await remove(lease)),
    async deleteAll() {
      for (let all = [...idle.values()].flat(); all.length > 0; all = [...idle.values()].flat()) {
        idle.clear();
        // What stands in something goes before it, unless it goes with it.
        const inner = all.filter((l) => l.containers.some((k) => all.includes(k)));
        for (const lease of [...inner, ...all.filter((l) => !inner.includes(l))]) await remove(lease);
      }
      const again = stuck.splice(0);
      for (const lease of again) if (!(await deleteLease(context, lease))) stuck.push(lease);
      return stuck.length;
    },
  };
}
