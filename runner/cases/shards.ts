/** The cases of a selection → the part of one shard: whole actions, so that what shares resources, controls and state stays together. */
import { createHash } from "node:crypto";
import type { Action, Case, Shard, SharedPlan } from "../model/index.ts";
import { type ActionCost, sumCosts } from "./cost.ts";

export interface ShardPlan {
  /** The actions of the shard by id, in the order of the plan; empty where there are more shards than actions. */
  readonly actions: ReadonlyMap<string, Action>;
  readonly costs: ReadonlyMap<Action, ActionCost>;
  /** By id of the action: the place of its first case in the whole plan. */
  readonly firstIndexes: ReadonlyMap<string, number>;
  /** Number of cases of the shard. */
  readonly cases: number;
  /** Number of its calls that change state. */
  readonly mutating: number;
  /** The whole selection. */
  readonly whole: Omit<SharedPlan, "target"> & { readonly actions: number; readonly mutating: number };
}

/** `cases`: the whole selection, in which the cases of an action follow one another. `costs`: theirs. */
export function planShard(cases: Iterable<Case>, shard: Shard, costs: ReadonlyMap<Action, ActionCost>): ShardPlan {
  const digest = createHash("sha256");
  const firstIndexes = new Map<string, number>();
  let count = 0;
  for (const c of cases) {
    if (!firstIndexes.has(c.action.id)) firstIndexes.set(c.action.id, count);
    digest.update(`${c.id}\n`);
    count++;
  }
  const loads = new Map([...costs].map(([action, { calls }]) => [action.id, calls]));
  const own = assignActions(loads, shard.count)[shard.index - 1] ?? new Set();
  const ownCosts = new Map([...costs].filter(([{ id }]) => own.has(id)));
  const { cases: ownCases, mutating } = sumCosts(ownCosts.values());
  return {
    actions: new Map([...ownCosts.keys()].map((action) => [action.id, action])),
    costs: ownCosts,
    firstIndexes,
    cases: ownCases,
    mutating,
    whole: {
      cases: count,
      digest: digest.digest("hex").slice(0, 12),
      actions: costs.size,
      mutating: sumCosts(costs.values()).mutating,
    },
  };
}

/**
 * The share of a shard in the largest number of calls that change state, by its planned ones: all shards together stay within
 * the limit, and each has enough where the whole plan has.
 */
export const ownMutations = (limit: number, { mutating, whole }: ShardPlan): number =>
  whole.mutating === 0 ? limit : Math.floor((limit * mutating) / whole.mutating);

/**
 * Planned calls by action → the actions of each shard. The longest action first, each to the shard with the fewest calls so
 * far: the same plan is always divided in the same way.
 */
export function assignActions(calls: ReadonlyMap<string, number>, count: number): Set<string>[] {
  const shards = Array.from({ length: count }, () => ({ actions: new Set<string>(), calls: 0 }));
  for (const [action, n] of [...calls].sort(([, a], [, b]) => b - a)) {
    const shard = shards.reduce((least, other) => (other.calls < least.calls ? other : least));
    shard.actions.add(action);
    shard.calls += n;
  }
  return shards.map(({ actions }) => actions);
}
