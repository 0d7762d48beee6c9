/** A case and its result -> the verdict that the log holds, not yet redacted. */
import type { Case, RecordedExchange, Status, Verdict } from "../../model/index.ts";
import { describeDeviations } from "./describe-deviation.ts";
import type { CaseResult } from "./result.ts";

export interface VerdictInput {
  readonly planned: Case;
  /** Place in the plan, from 0. */
  readonly planIndex: number;
  readonly result: CaseResult;
  /** The result's own, or `known` where a known failure covers it. */
  readonly status: Status;
  /** Of the whole case, in milliseconds. */
  readonly durationMs: number;
  /** Null where the exchanges are not kept: the log would grow with every passed case. */
  readonly exchanges: readonly RecordedExchange[] | null;
}

/** Milliseconds to two places. */
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

export function toVerdict({ planned, planIndex, result, status, durationMs, exchanges }: VerdictInput): Verdict {
  // A planned fuzz case only describes how its deviations are generated; the generated case is judged.
  const judged = result.concreteCase ?? planned;
  const { level, title, source, rule, expect } = judged;
  const judgedCall = result.exchanges.findLast(({ role, response }) => role === "judged" && !("reason" in response));
  const verdict: Writable<Verdict> = {
    type: "verdict",
    planIndex,
    id: planned.id,
    action: planned.action.id,
    family: planned.family,
    status,
    level,
    title,
    source,
    rule,
    expect,
    actual: result.actual,
    reason: result.reason,
    findings: result.findings,
    durationMs: rounded(durationMs),
    exchanges: exchanges ?? [],
  };
  if (result.blockedBy !== undefined) verdict.blockedBy = result.blockedBy;
  if (status === "observed") verdict.subject = observedSubject(judged);
  if (judgedCall !== undefined) verdict.judgedCallMs = rounded(judgedCall.durationMs);
  if (exchanges !== null) verdict.deviations = describeDeviations(judged);
  return verdict;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** What an observation is about, below the action: the rule, or where no rule applies the family and the place. */
const observedSubject = ({ action, rule, family, place, slug }: Case): string =>
  rule === null ? `${family}/${place === "" ? slug : place}` : rule.slice(action.id.length + 1);
