/** Observed verdicts -> what the target does where the documents do not decide, by subject and reason. */
import type { Verdict } from "../../runner/model/index.ts";

export interface Observation {
  readonly action: string;
  /** Below the action: the rule, or where no rule applies the family and the place. */
  readonly subject: string;
  readonly rule: string | null;
  /** Why the documents do not decide. */
  readonly reason: string;
  /** `success` and error codes, each with its number of cases. */
  readonly actual: Readonly<Record<string, number>>;
  /** Id of the first case. */
  readonly example: string;
}

export interface ObservationCollector {
  add(verdict: Verdict): void;
  /** In plan order. */
  all(): Observation[];
}

/** Different codes that are counted for one observation: a target may make up as many as it likes. */
const MAX_CODES = 20;
const OTHER_CODES = "others";

interface Collected extends Omit<Observation, "actual"> {
  readonly actual: Map<string, number>;
}

/** Memory grows by the subjects, not by the cases. */
export function createObservationCollector(): ObservationCollector {
  const collected = new Map<string, Collected>();
  return {
    add({ id, action, rule, status, reason, actual, subject = "" }) {
      if (status !== "observed") return;
      const key = JSON.stringify([action, subject, reason]);
      const observation = collected.get(key) ?? { action, subject, rule, reason, actual: new Map(), example: id };
      collected.set(key, observation);
      const code = observation.actual.has(actual) || observation.actual.size < MAX_CODES ? actual : OTHER_CODES;
      observation.actual.set(code, (observation.actual.get(code) ?? 0) + 1);
    },
    all: () => [...collected.values()].map((one) => ({ ...one, actual: Object.fromEntries(one.actual) })),
  };
}

/** Equal subjects with equal reasons in several actions: one row, with the number of actions. */
export interface ObservedRow extends Observation {
  readonly actions: number;
}

export function mergeAcrossActions(observations: readonly Observation[]): ObservedRow[] {
  const rows = new Map<string, { first: Observation; actions: number; actual: Map<string, number> }>();
  for (const observation of observations) {
    const key = JSON.stringify([observation.subject, observation.reason]);
    const row = rows.get(key) ?? { first: observation, actions: 0, actual: new Map<string, number>() };
    rows.set(key, row);
    row.actions++;
    for (const [code, cases] of Object.entries(observation.actual))
      row.actual.set(code, (row.actual.get(code) ?? 0) + cases);
  }
  return [...rows.values()].map(({ first, actions, actual }) => ({
    ...first,
    actions,
    actual: Object.fromEntries(actual),
  }));
}

/** `boundary/Name in 3 actions`, or with the action where there is one: `tencent/iai/CreateGroup/boundary/Name`. */
export const observedPath = ({ action, subject, actions }: ObservedRow): string =>
  actions > 1 ? subject : `${action}/${subject}`;
