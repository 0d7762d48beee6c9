/** An action's cases → how many calls they take, and how long at the documented pace. */
import type { Action, Case, ResourceState, Service } from "../model/index.ts";
import { hasControl, isOwnControl } from "./control.ts";

export interface ActionCost {
  readonly families: Readonly<Record<string, number>>;
  readonly cases: number;
  readonly controls: number;
  readonly calls: number;
  readonly mutating: number;
  readonly seconds: number;
}

interface CostCounter {
  add(c: Case): void;
  facts(): ActionCost;
}

/** Calls that build one state and take it down again. Shared states are counted once for each lane-free use: the estimate is for one lane. */
function stateCalls(service: Service, state: ResourceState, depth = 0): number {
  const resource = service.resources.get(state.resource);
  if (depth > 8 || !resource?.create || state.kind === "new" || state.kind === "unknown") return 0;
  const create = service.actions.get(resource.create);
  const needs = [...(create?.given.values() ?? [])].filter(
    (s) => s.kind !== "new" && !resource.containers.includes(s.resource),
  );
  const one = 2 + needs.reduce((n, s) => n + stateCalls(service, s, depth + 1), 0);
  return one * state.count;
}

const callsOf = (c: Case): number => {
  const states = new Map([...(c.sample?.given ?? c.action.given), ...(c.situation?.where ?? [])]);
  return [...states.values()].reduce((n, s) => n + stateCalls(c.action.service, s), 0);
};

const judgedCalls = (c: Case): number =>
  (c.situation?.precedingCalls.length ?? 0) + (c.concurrency?.copies ?? 1) * (c.equivalentTo === null ? 1 : 2);

/** After a success its effect is looked at, after the first refusal of each rule that nothing changed: a list may take more than a page. */
function probeCalls(c: Case): number {
  const effects = c.situation?.effects ?? c.action.effects;
  if (c.expect.outcome === "success")
    return effects.success !== undefined && c.binding === c.action.service.bindings[0] ? (c.extraResource ? 2 : 1) : 0;
  return c.verifyUnchanged && effects.refused !== undefined ? 1 : 0;
}

/** Documented calls per second where a page gives none. */
const unknownPace = 20;

/** By action, in the order of the plan; `rateOf` tells the calls in a second. */
export function estimateCosts(cases: Iterable<Case>, rateOf = documented): Map<Action, ActionCost> {
  const costs = new Map<Action, CostCounter>();
  for (const c of cases) {
    const cost = costs.get(c.action) ?? costOf(c.action, rateOf);
    costs.set(c.action, cost);
    cost.add(c);
  }
  return new Map([...costs].map(([action, cost]) => [action, cost.facts()]));
}

export type TotalCost = Omit<ActionCost, "families">;

export function sumCosts(facts: Iterable<ActionCost>): TotalCost {
  const sum = { cases: 0, controls: 0, calls: 0, mutating: 0, seconds: 0 };
  for (const one of facts) for (const key of Object.keys(sum) as (keyof TotalCost)[]) sum[key] += one[key];
  return { ...sum, seconds: Math.round(sum.seconds * 10) / 10 };
}

const documented = (action: Action): number | undefined => action.rateLimit;

function costOf(action: Action, rateOf: (action: Action) => number | undefined): CostCounter {
  const families: Record<string, number> = {};
  const served = new Set<string>();
  const wanted = new Set<string>();
  const shared = new Set<string>();
  const creates = [...action.service.resources.values()].some((r) => r.create === action.name);
  let cases = 0;
  let setup = 0;
  let judged = 0;
  let probes = 0;
  let accepted = 0;
  return {
    add(c) {
      cases++;
      families[c.family] = (families[c.family] ?? 0) + 1;
      if (isOwnControl(c)) served.add(c.control);
      if (hasControl(c)) wanted.add(c.control);
      judged += judgedCalls(c);
      probes += probeCalls(c);
      const alone = c.expect.outcome !== "refused" && action.mutating;
      const key = `${c.situation?.name ?? ""} ${c.sample?.number ?? ""} ${c.extraResource?.resource ?? ""}`;
      if (alone || !shared.has(key)) setup += callsOf(c) * (c.equivalentTo === null ? 1 : 2);
      if (!alone) shared.add(key);
      if (c.expect.outcome !== "refused") accepted++;
    },
    facts() {
      const controls = [...wanted].filter((key) => !served.has(key)).length;
      const removals = creates ? accepted + controls : 0;
      const calls = judged + controls + setup + probes + removals;
      const mutating = setup + removals + (action.mutating ? judged + controls : 0);
      return {
        families,
        cases,
        controls,
        calls,
        mutating,
        seconds: Math.round((calls / (rateOf(action) ?? unknownPace)) * 10) / 10,
      };
    },
  };
}
