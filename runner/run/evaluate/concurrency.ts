/** Equal concurrent calls -> one result: how many were accepted, and which responses the others got. */
import { judge } from "../../check/judge.ts";
import type { CallMembers, Case, ConcurrencyPlan, Finding } from "../../model/index.ts";
import { errorCodeLocation } from "../../spec/error-codes.ts";
import { isBusy } from "../send/retry-policy.ts";
import { type SendContext, type SendResult, wasLostOnIdleConnection } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export async function evaluateConcurrency(
  context: EvaluationContext,
  testCase: Case,
  plan: ConcurrencyPlan,
  members: CallMembers,
  sendCopy: (context: EvaluationContext) => Promise<SendResult>,
): Promise<CaseResult> {
  const reserved = await reserveRateLimit(context, testCase, plan.copies);
  const sent = await Promise.all(Array.from({ length: plan.copies }, () => sendCopy(reserved)));
  const exchanges = sent.map(({ exchange }) => exchange);
  const accepted = sent.filter(({ outcome }) => outcome?.kind === "success").length;
  const decided = sent.filter((copy) => !wasBusy(testCase, plan, copy));
  const busy = sent.length - decided.length;
  const expected = plan.codes ? 1 : plan.copies;
  const judgements = decided.map((copy) => judgeCopy(context, testCase, plan, members, copy));
  // Too many accepted calls are a failure, whatever responses the other calls got.
  const undecided = judgements.find(({ status }) => status === "indeterminate" || status === "errored");
  if (undecided && accepted <= expected)
    return { ...undecided, exchanges, declaredByTarget: false, mayPass: sent.some(wasLostOnIdleConnection) };
  const findings = distinct(judgements.flatMap((judgement) => judgement.findings));
  if (accepted > expected || (accepted < expected && busy === 0))
    findings.push(countFinding(testCase, expected, accepted));
  if (findings.some(({ level }) => level === "must"))
    return { ...resultWithoutResponse("failed", ""), actual: "success", findings, exchanges };
  if (accepted < expected)
    return {
      ...resultWithoutResponse("indeterminate", `${busy} of ${plan.copies} concurrent calls got a busy response`),
      exchanges,
    };
  return { ...resultWithoutResponse("passed", ""), actual: "success", findings, exchanges };
}

/** Waits for the slots of all copies, so that they are sent at the same time. A retry waits for its own slot. */
async function reserveRateLimit(
  context: EvaluationContext,
  { action }: Case,
  copies: number,
): Promise<EvaluationContext> {
  const { sendContext } = context;
  await sendContext.acquire(context.to, action, copies);
  let reserved = copies;
  const acquire: SendContext["acquire"] = (...call) => (reserved-- > 0 ? undefined : sendContext.acquire(...call));
  return { ...context, sendContext: { ...sendContext, acquire } };
}

/** Each response is also judged by itself: an accepted copy as a success, a refused one as a refusal with one of the codes. */
function judgeCopy(
  context: EvaluationContext,
  testCase: Case,
  { codes, level }: ConcurrencyPlan,
  members: CallMembers,
  { exchange, outcome }: SendResult,
) {
  const single: Case =
    codes !== null && outcome?.kind === "refusal"
      ? { ...testCase, level, acceptableCauses: ["state"], expect: { outcome: "refused", codes } }
      : testCase;
  return judge(single, exchange.response, outcome, context.ids, context.checks, members);
}

/**
 * True for a refusal that does not decide the case: the target may refuse a call because it processes an equal one, and a
 * call that was retried after a busy response may have had its effect before.
 */
const wasBusy = ({ action }: Case, { codes }: ConcurrencyPlan, { outcome, unsafeRetry = false }: SendResult): boolean =>
  outcome?.kind === "refusal" && (unsafeRetry || (isBusy(action, outcome.code) && !codes?.includes(outcome.code)));

const countFinding = ({ action }: Case, expected: number, actual: number): Finding => ({
  check: "concurrency",
  level: "must",
  location: errorCodeLocation(action),
  expected,
  actual,
});

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
