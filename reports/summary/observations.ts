/** Verdicts on open values → what the target did with them, by rule and by what the documents say against themselves. */
import type { Verdict } from "../../runner/model/index.ts";

export interface Observation {
  /** Id of the rule; where no rule speaks of the value, the case's id without its value and binding. */
  readonly subject: string;
  readonly rule: string | null;
  /** Why the documents leave it open. */
  readonly reason: string;
  /** `success` and codes, each with its number of cases. */
  readonly actual: Readonly<Record<string, number>>;
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
    { subject: string; rule: string | null; reason: string; actual: Map<string, number>; example: string }
  >();
  return {
    add({ id, rule, status, reason, actual }) {
      if (status !== "observed") return;
      const subject = rule ?? placeOf(id);
      const key = JSON.stringify([subject, reason]);
      let one = found.get(key);
      if (!one) {
        one = { subject, rule, reason, actual: new Map(), example: id };
        found.set(key, one);
      }
      const word = one.actual.has(actual) || one.actual.size < most ? actual : others;
      one.actual.set(word, (one.actual.get(word) ?? 0) + 1);
    },
    all: () => [...found.values()].map((one) => ({ ...one, actual: Object.fromEntries(one.actual) })),
  };
}

/** The same place and the same reason in several actions: one row, with the number of actions. */
export interface ObservedRow extends Observation {
  readonly actions: number;
}

export function mergeAcrossActions(observations: readonly Observation[]): ObservedRow[] {
  const rows = new Map<string, { one: Observation; actions: number; actual: Map<string, number> }>();
  for (const one of observations) {
    const key = JSON.stringify([one.subject.split("/").slice(3), one.reason]);
    const row = rows.get(key) ?? { one, actions: 0, actual: new Map<string, number>() };
    rows.set(key, row);
    row.actions++;
    for (const [word, cases] of Object.entries(one.actual)) row.actual.set(word, (row.actual.get(word) ?? 0) + cases);
  }
  return [...rows.values()].map(({ one, actions, actual }) => ({
    ...one,
    actions,
    actual: Object.fromEntries(actual),
  }));
}

/** `…/boundary/Name/61-chars@tc3-post` → `…/boundary/Name`; a sample is a place of its own. */
function placeOf(id: string): string {
  const path = id.split("@")[0] ?? id;
  return path.includes("/sample/") ? path : path.slice(0, path.lastIndexOf("/"));
}
