/** Specs, a depth and globs → cases. The cases of an action are planned once for all runs of this process, which takes longer than most runs. */
import { actionMatcher, globMatcher } from "../../../runner/cases/glob.ts";
import { type Depth, planAction } from "../../../runner/cases/plan.ts";
import type { Action, Case } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import type { Specs } from "../../../runner/spec/load.ts";

export const isFlat = (binding: string): boolean => protocolOf(binding).isFlat(binding);

const casesByAction = new WeakMap<Action, Map<Depth, readonly Case[]>>();

function casesOf(action: Action, depth: Depth): readonly Case[] {
  const byDepth = casesByAction.get(action) ?? new Map<Depth, readonly Case[]>();
  casesByAction.set(action, byDepth);
  const cases = byDepth.get(depth) ?? [...planAction(action, { depth, isFlat })];
  byDepth.set(depth, cases);
  return cases;
}

/** The same cases as of `plan`. */
export function* cachedCases({ actions }: Specs, depth: Depth, select: readonly string[]): Iterable<Case> {
  const selected = globMatcher(select);
  const maySelect = actionMatcher(select);
  for (const action of actions.values())
    if (maySelect(action.id)) for (const c of casesOf(action, depth)) if (selected(c.id)) yield c;
}

/** The cases in an order in which each action, family and place soon has one, so that a run that stops at a failure stops early. */
export function breadthFirst(cases: Iterable<Case>): Case[] {
  const counts = new Map<string, number>();
  const ranked = [...cases].map((c) => {
    const group = `${c.action.id} ${c.family} ${c.place}`;
    const rank = counts.get(group) ?? 0;
    counts.set(group, rank + 1);
    return { c, rank };
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ c }) => c);
}
