/** A case with a time at the limit of the signature's time window → its result, whatever the target's clock is. */
import type { Case } from "../../model/index.ts";
import { parseEndpoint } from "../send/endpoint.ts";
import type { TargetClock } from "../send/target-clock.ts";
import { runOnce } from "./attempt.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

/** The target's clock is known from `Date` headers with whole seconds; more attempts would keep a run waiting. */
const MAX_ATTEMPTS = 30;

/** Between two attempts, in milliseconds, in turn: different ones, so that the attempts fall on different parts of a second. */
const PAUSES_MS = [100, 137, 171];

/** Attempts, in a second and more, after which the clock does not explain that all of them failed. */
const ENOUGH_ATTEMPTS = 10;

/**
 * Part of a second, in milliseconds, over which the failed attempts are spread at least. With headers that are late by less, a
 * right target fails in a shorter part. More would leave every failure undecided where a response takes 150 ms.
 */
const MIN_SPREAD_MS = 400;

const CROSSED_SECOND =
  "the target may have evaluated the request in another second than the one for which it was signed";
const TIME_UNKNOWN =
  "the target's time is unknown, because its responses have no Date header that is near the time of this machine";

/** `attempt` sends and judges the case once; `pause` resolves to false where the run ends meanwhile. */
export interface AttemptedCase {
  readonly clock: TargetClock;
  readonly attempt: () => Promise<CaseResult>;
  readonly pause: (ms: number) => Promise<boolean>;
  /** True for a failed result that the target could give in another second. */
  readonly dependsOnTime: (result: CaseResult) => boolean;
}

/**
 * A request is judged only if the target evaluated it in the second for which it was signed. Where `Date` headers are always
 * late, the target's clock is ahead of what they show, and a right target gives another response in a part of each second.
 * So a case has failed only if it fails in every part of a second.
 */
export async function evaluateOverSecond({ clock, attempt, pause, dependsOnTime }: AttemptedCase): Promise<CaseResult> {
  /** Milliseconds of the target's second in which the failed attempts were sent. */
  const failedAtMs: number[] = [];
  /** Passed, but perhaps in another second. */
  let passed: CaseResult | undefined;
  for (let attempts = 1; ; attempts++) {
    const result = await attempt();
    const { status, crossedSecond, exchanges } = result;
    if (status === "failed" ? !dependsOnTime(result) : status !== "passed" || !crossedSecond) return result;
    if (status === "passed") passed = result;
    else if (!clock.isKnown) return undecided(result, TIME_UNKNOWN);
    else if (!crossedSecond) {
      const sentAtMs = exchanges.find(({ role }) => role === "judged" || role === "control")?.sentAtMs ?? 0;
      failedAtMs.push(clock.at(sentAtMs) % 1000);
      const spreadMs = Math.max(...failedAtMs) - Math.min(...failedAtMs);
      if (failedAtMs.length >= ENOUGH_ATTEMPTS && spreadMs >= MIN_SPREAD_MS) return result;
    }
    if (passed && failedAtMs.length === 0 && attempts >= ENOUGH_ATTEMPTS) return passed;
    // Every response also makes the known time of the target's clock more exact.
    if (attempts === MAX_ATTEMPTS || !(await pause(PAUSES_MS[attempts % PAUSES_MS.length] ?? 0)))
      return undecided(result, CROSSED_SECOND);
  }
}

export async function evaluateTimeWindow(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const clock = context.sendContext.clock(parseEndpoint(context.to.endpoint).origin);
  const result = await evaluateOverSecond({
    clock,
    attempt: () => runOnce(context, testCase),
    pause: context.pool.context.pause,
    // Another second makes an expected refusal a success, but gives it no other code.
    dependsOnTime: ({ actual }) => testCase.expect.outcome !== "refused" || actual === "success",
  });
  return result.status === "failed" ? { ...result, reason: describeClocks(testCase) } : result;
}

/** Where the service reads another clock than its `Date` headers show, the failure is one of that clock. */
function describeClocks({ edit }: Case): string {
  const shift = (edit?.op === "request" && edit.mutation.signing?.shiftSeconds) || 0;
  const side = shift < 0 ? "behind" : "ahead of";
  return `signed for a time ${Math.abs(shift)} s ${side} the target's clock, as its Date headers show it; check the window, and whether the service reads the same clock`;
}

const undecided = ({ actual, exchanges }: CaseResult, reason: string): CaseResult => ({
  ...resultWithoutResponse("indeterminate", reason),
  actual,
  exchanges,
});
