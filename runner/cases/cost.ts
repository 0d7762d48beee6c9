/** The cases of an action → an estimate of the calls that they take, and of the seconds at the documented rate limit. */

import type { Action, Case, ResourceState, Service } from "../model/index.ts";
import { DEFAULT_RATE_PER_SECOND } from "../spec/default-rate.ts";
import { listScope } from "../spec/returned-list.ts";
import { hasControl, isOwnControl } from "./control.ts";

/** What the cases of an action cost, as an estimate. */
export interface ActionCost {
  /** Cases by family. */
  readonly families: Readonly<Record<string, number>>;
  /** Number of cases. */
  readonly cases: number;
  /** Control calls that are not cases of the plan themselves. */
  readonly controls: number;
  /** All calls: judged ones, controls, set-up, probes and clean-up. */
  readonly calls: number;
  /** Those of the calls that change state. */
  readonly mutating: number;
  /** Duration at the rate limit, to a tenth of a second. */
  readonly seconds: number;
}

interface CostCounter {
  add(c: Case): void;
  total(): ActionCost;
}

/** Bounds the recursion where resources need each other in a cycle; documented chains are shorter. */
const MAX_PREREQUISITE_DEPTH = 8;

/** Calls that create the resources of a state and delete them again, for a run with one lane. */
function stateCalls(service: Service, state: ResourceState, depth = 0): number {
  const resource = service.resources.get(state.resource);
  if (depth > MAX_PREREQUISITE_DEPTH || !resource?.create || state.kind === "new" || state.kind === "unknown") return 0;
  const create = service.actions.get(resource.create);
  const prerequisites = [...(create?.given.values() ?? [])].filter(
    (s) => s.kind !== "new" && !resource.containers.includes(s.resource),
  );
  const cost = 2 + prerequisites.reduce((n, s) => n + stateCalls(service, s, depth + 1), 0);
  return cost * state.count;
}

/** Calls that create and delete the entries of a list. */
function entryCalls({ action, listPlan }: Case): number {
  const { returnedList, service } = action;
  if (!listPlan || !returnedList) return 0;
  const scope = listScope(action, returnedList);
  const names = [
    ...returnedList.resources.slice(0, 1),
    ...(scope.kind === "containers" ? [scope.membership.name] : []),
  ];
  const state = {
    kind: "another",
    isList: false,
    count: listPlan.count + 1,
    containers: [],
    createMembers: {},
  } as const;
  return names.reduce((n, resource) => n + stateCalls(service, { ...state, resource }), 0);
}

const setupCalls = (c: Case): number => {
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  return [...states.values()].reduce((n, s) => n + stateCalls(c.action.service, s), entryCalls(c));
};

const judgedCalls = (c: Case): number =>
  (c.situation?.precedingCalls.length ?? 0) +
  (c.edit?.op === "request" && c.edit.mutation.signedBefore ? 1 : 0) +
  (c.concurrency?.copies ?? 1) * (c.equivalentTo === null ? 1 : 2);

/**
 * Probes of the effect of an accepted call over the main binding, and of the unchanged state after the first refusal of
 * each rule. A probe that reads a list of several pages takes more calls than are counted here.
 */
function probeCalls(c: Case): number {
  const effects = c.situation?.effects ?? c.action.effects;
  if (c.expect.outcome === "success")
    return effects.success !== undefined && c.binding === c.action.service.bindings[0] ? (c.extraResource ? 2 : 1) : 0;
  return c.verifyUnchanged && effects.refused !== undefined ? 1 : 0;
}

/** By action, in the order of the plan. `rateOf` gives the calls per second of an action. */
export function estimateCosts(cases: Iterable<Case>, rateOf = documentedRate): Map<Action, ActionCost> {
  const costs = new Map<Action, CostCounter>();
  for (const c of cases) {
    const cost = costs.get(c.action) ?? createCounter(c.action, rateOf);
    costs.set(c.action, cost);
    cost.add(c);
  }
  return new Map([...costs].map(([action, cost]) => [action, cost.total()]));
}

export type TotalCost = Omit<ActionCost, "families">;

export function sumCosts(costs: Iterable<ActionCost>): TotalCost {
  const sum = { cases: 0, controls: 0, calls: 0, mutating: 0, seconds: 0 };
  for (const cost of costs) for (const key of Object.keys(sum) as (keyof TotalCost)[]) sum[key] += cost[key];
  return { ...sum, seconds: Math.round(sum.seconds * 10) / 10 };
}

/** Duration of calls at a rate per second, to a tenth of a second. */
export const secondsAtRate = (calls: number, rate: number): number => Math.round((calls / rate) * 10) / 10;

const documentedRate = (action: Action): number | undefined => action.rateLimit;

function createCounter(action: Action, rateOf: (action: Action) => number | undefined): CostCounter {
  const families: Record<string, number> = {};
  const controlsInPlan = new Set<string>();
  const controlsNeeded = new Set<string>();
  const shared = new Set<string>();
  let cases = 0;
  let setup = 0;
  let judged = 0;
  let probes = 0;
  let accepted = 0;
  return {
    add(c) {
      cases++;
      families[c.family] = (families[c.family] ?? 0) + 1;
      if (isOwnControl(c)) controlsInPlan.add(c.control.key);
      if (hasControl(c)) controlsNeeded.add(c.control.key);
      judged += judgedCalls(c);
      probes += probeCalls(c);
      const needsOwnState = c.expect.outcome !== "refused" && action.mutating;
      const key = `${c.situation?.name ?? ""} ${c.sample?.number ?? ""} ${c.extraResource?.resource ?? ""} ${c.listPlan === null ? "" : c.id}`;
      if (needsOwnState || !shared.has(key)) setup += setupCalls(c) * (c.equivalentTo === null ? 1 : 2);
      if (!needsOwnState) shared.add(key);
      if (c.expect.outcome !== "refused") accepted++;
    },
    total() {
      const controls = [...controlsNeeded].filter((key) => !controlsInPlan.has(key)).length;
      const removals = action.creates ? accepted + controls : 0;
      const calls = judged + controls + setup + probes + removals;
      const mutating = setup + removals + (action.mutating ? judged + controls : 0);
      return {
        families,
        cases,
        controls,
        calls,
        mutating,
        seconds: secondsAtRate(calls, rateOf(action) ?? DEFAULT_RATE_PER_SECOND),
      };
    },
  };
}
