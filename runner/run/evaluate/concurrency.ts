/** Several equal calls at once → one judgement over all of them: how many were accepted, and what the others got. */
import { judge } from "../../check/judge.ts";
import type { CallMembers, Case, ConcurrencyPlan, Finding } from "../../model/index.ts";
import { errorCodeLocation } from "../../spec/error-codes.ts";
import { isBusy } from "../send/retry-policy.ts";
import type { SendContext, SendResult } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export async function evaluateConcurrency(
  j: EvaluationContext,
  c: Case,
  race: ConcurrencyPlan,
  members: CallMembers,
  once: (j: EvaluationContext) => Promise<SendResult>,
): Promise<CaseResult> {
  const start = await reserveRateLimit(j, c, race.copies);
  const sent = await Promise.all(Array.from({ length: race.copies }, () => once(start)));
  const exchanges = sent.map((s) => s.exchange);
  const winners = sent.filter((s) => s.outcome?.kind === "success").length;
  const busy = sent.filter((s) => wasBusy(c, race, s)).length;
  const wanted = race.codes ? 1 : race.copies;
  const judgements = sent.filter((s) => !wasBusy(c, race, s)).map((s) => judgedAs(j, c, race, members, s));
  // More winners than there may be are proof, whatever the others got.
  const open = judgements.find(({ status }) => status === "indeterminate" || status === "errored");
  if (open && winners <= wanted) return { ...open, exchanges, declaredByTarget: false };
  const findings = distinct(judgements.flatMap((t) => t.findings));
  if (winners > wanted || (winners < wanted && busy === 0)) findings.push(count(c, wanted, winners));
  if (findings.some((f) => f.level === "must"))
    return { ...resultWithoutResponse("failed", ""), actual: "success", findings, exchanges };
  if (winners < wanted)
    return {
      ...resultWithoutResponse("indeterminate", `the target was too busy for ${busy} of ${race.copies} calls`),
      exchanges,
    };
  return { ...resultWithoutResponse("passed", ""), actual: "success", findings, exchanges };
}

/** All of them go at once, so their turns are taken beforehand; what is asked again waits for one of its own. */
async function reserveRateLimit(j: EvaluationContext, { action }: Case, copies: number): Promise<EvaluationContext> {
  await j.sendContext.turn(j.to, action, copies);
  let taken = copies;
  const turn: SendContext["turn"] = (...asked) => (taken-- > 0 ? undefined : j.sendContext.turn(...asked));
  return { ...j, sendContext: { ...j.sendContext, turn } };
}

/** Each answer is also one by itself: the winner's a success, a loser's a refusal with a code that fits. */
function judgedAs(
  j: EvaluationContext,
  c: Case,
  { codes, level }: ConcurrencyPlan,
  members: CallMembers,
  { exchange, outcome }: SendResult,
) {
  const lost = codes !== null && outcome?.kind === "refusal";
  const alone: Case = lost ? { ...c, level, acceptableCauses: ["state"], expect: { outcome: "refused", codes } } : c;
  return judge(alone, exchange.response, outcome, j.ids, j.checks, members);
}

/** A target that is at work on the same thing may say so instead; and one that was busy first may have done its work then. */
const wasBusy = (c: Case, { codes }: ConcurrencyPlan, { outcome, repeated = false }: SendResult): boolean =>
  outcome?.kind === "refusal" && (repeated || (isBusy(c.action, outcome.code) && !codes?.includes(outcome.code)));

const count = (c: Case, expected: number, actual: number): Finding => ({
  check: "concurrency",
  level: "must",
  location: errorCodeLocation(c.action),
  expected,
  actual,
});

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((f) => [JSON.stringify(f), f])).values()];
}
