/**
 * A refusal whose cause, such as an overload or the account, excuses a wrong code → a failure where the same code comes again
 * while the control is accepted before and after; else the case has no verdict.
 */
import { toControlCase } from "../../cases/control.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Case, Finding } from "../../model/index.ts";
import { errorCodeLocation } from "../../spec/error-codes.ts";
import { runOnce } from "./attempt.ts";
import type { EvaluationContext } from "./context.ts";
import type { CaseResult } from "./result.ts";

/** Between the control and the second evaluation, in milliseconds. */
const PAUSE_MS = 250;

export async function evaluateExcused(
  context: EvaluationContext,
  testCase: Case,
  first: CaseResult,
  evaluateAgain: () => Promise<CaseResult>,
): Promise<CaseResult> {
  if (first.excusedBy === undefined || mayFillQuota(testCase, first)) return first;
  const isOnlyExcuse = () => isControlAccepted(context, testCase, first);
  if (!(await isOnlyExcuse()) || !(await context.pool.context.pause(PAUSE_MS))) return first;
  const second = await evaluateAgain();
  if (second.excusedBy === undefined || second.actual !== first.actual || !(await isOnlyExcuse())) return second;
  const { excusedBy: _, ...result } = second;
  const reason = `the response ${first.actual} has the cause ${first.excusedBy}, but came twice while the control was accepted`;
  return { ...result, status: "failed", reason, findings: [codeFinding(testCase, second)] };
}

/** A list of many items may reach a limit of the account that its control does not reach. */
const mayFillQuota = ({ edit }: Case, { excusedBy }: CaseResult): boolean =>
  excusedBy === "account" && edit?.op === "set" && edit.value.kind === "list";

/**
 * The control is sent anew. A case may need one more of what it creates than its control does, so for a cause of the account,
 * such as a quota, the control is sent a second time while what the first one created exists.
 */
async function isControlAccepted(context: EvaluationContext, testCase: Case, { excusedBy }: CaseResult) {
  const control = toControlCase(testCase);
  let isAccepted = true;
  const send = async (sendContext: EvaluationContext) => {
    const { actual } = await runOnce(sendContext, control);
    isAccepted &&= actual === "success";
  };
  const isQuota = excusedBy === "account" && testCase.action.creates !== undefined;
  await send(isQuota ? { ...context, whileCreated: () => send(context) } : context);
  return isAccepted;
}

function codeFinding({ action, expect }: Case, { exchanges, actual }: CaseResult): Finding {
  const response = exchanges.findLast(({ role }) => role === "judged")?.response;
  const outcome =
    response === undefined || "reason" in response ? null : decodeResponse(response, action.service.envelope);
  const location = (outcome?.kind === "refusal" && outcome.codeLocation) || errorCodeLocation(action);
  return {
    check: "code",
    level: "must",
    location,
    expected: expect.outcome === "refused" ? [...expect.codes] : [],
    actual,
  };
}
