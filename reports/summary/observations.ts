/** Verdicts on open values → what the target did with them, by rule and by what the documents say against themselves. */
import type { Verdict } from "../../runner/model/index.ts";

export interface Observation {
  /** Id of the rule; where no rule speaks of the value, the case's id without its value and binding. */
  readonly at: string;
  readonly rule: string | null;
  /** Why the documents leave it open. */
  readonly why: string;
  /** `success` and codes, each with its number of cases. */
  readonly seen: Readonly<Record<string, number>>;
  /** The first case. */
  readonly example: string;
}

export interface ObservationCollector {
  add(verdict: Verdict): void;
  /** In plan order. */
  all(): Observation[];
}

/** Different codes that are told of one observation: a target may make up as many as it likes. */
const most = 20;
const others = "others";

/** Memory grows by the disputed places, not by the cases. */
export function createObservationCollector(): ObservationCollector {
  const found = new Map<
    string,
    { at: string; rule: string | null; why: string; seen: Map<string, number>; example: string }
  >();
  return {
    add({ id, rule, status, reason, seen }) {
      if (status !== "observed") return;
      const at = rule ?? placeOf(id);
      const key = JSON.stringify([at, reason]);
      let one = found.get(key);
      if (!one) {
        one = { at, rule, why: reason, seen: new Map(), example: id };
        found.set(key, one);
      }
      const word = one.seen.has(seen) || one.seen.size < most ? seen : others;
      one.seen.set(word, (one.seen.get(word) ?? 0) + 1);
    },
    all: () => [...found.values()].map((one) => ({ ...one, seen: Object.fromEntries(one.seen) })),
  };
}

/** The same place and the same reason in several actions: one row, with the number of actions. */
export interface ObservedRow extends Observation {
  readonly actions: number;
}

export function mergeAcrossActions(observations: readonly Observation[]): ObservedRow[] {
  const rows = new Map<string, { one: Observation; actions: number; seen: Map<string, number> }>();
  for (const one of observations) {
    const key = JSON.stringify([one.at.split("/").slice(3), one.why]);
    const row = rows.get(key) ?? { one, actions: 0, seen: new Map<string, number>() };
    rows.set(key, row);
    row.actions++;
    for (const [word, cases] of Object.entries(one.seen)) row.seen.set(word, (row.seen.get(word) ?? 0) + cases);
  }
  return [...rows.values()].map(({ one, actions, seen }) => ({ ...one, actions, seen: Object.fromEntries(seen) }));
}

/** `…/boundary/Name/61-chars@tc3-post` → `…/boundary/Name`; a sample is a place of its own. */
function placeOf(id: string): string {
  const path = id.split("@")[0] ?? id;
  return path.includes("/sample/") ? path : path.slice(0, path.lastIndexOf("/"));
}
