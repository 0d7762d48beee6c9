/** A case -> its result by the strategy for its kind: alone, within one second, over two bindings, or generated from the seed. */
import type { Action, Case } from "../../model/index.ts";
import { actionById } from "../../spec/action-by-id.ts";
import { isClosed, isFault } from "../send/retry-policy.ts";
import { runOnce } from "./attempt.ts";
import { evaluateClosed } from "./closed-connection.ts";
import type { EvaluationContext } from "./context.ts";
import { resultWithoutControl } from "./controls.ts";
import { evaluateEquivalence } from "./equivalence.ts";
import { evaluateExcused } from "./excused-code.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";
import { evaluateTimeWindow } from "./time-window.ts";

export function evaluateByStrategy(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  if (testCase.equivalentTo !== null)
    return evaluateEquivalence(context, testCase, testCase.equivalentTo, evaluateSingle);
  if (testCase.fuzzIndex === null) return evaluateSingle(context, testCase);
  return loadFuzz().then(({ evaluateFuzz }) => evaluateFuzz(context, testCase, evaluateWithControl));
}

/**
 * Loaded on demand, because fast-check takes a tenth of a second. A run with such cases loads it before its first request: a
 * build during the run would remove the file.
 */
export const loadFuzz = () => import("./fuzz.ts");

/** A generated case may send members that the minimal call does not have, so its own control is evaluated first. */
async function evaluateWithControl(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const control = await context.controls.get(testCase);
  return control.kind === "accepted" ? evaluateSingle(context, testCase) : resultWithoutControl(control);
}

/** Text values up to this length, in characters or bytes, may be too short to contain the id of the run. */
const MAX_LENGTH_WITHOUT_RUN_ID = 16;

/** Before a case is evaluated again, in milliseconds. */
const PAUSE_BEFORE_SECOND_MS = 250;

async function evaluateSingle(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const again = () => evaluateByKind(context, testCase);
  const first = await evaluateWithRetry(context, testCase);
  return evaluateExcused(context, testCase, await evaluateClosed(context, testCase, first, again), again);
}

/** A temporary problem may pass, so the case is evaluated once more, with new values: a fault is what comes twice. */
async function evaluateWithRetry(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const { sendContext, pool } = context;
  const first = await evaluateByKind(context, testCase);
  // A closed connection needs more than a second evaluation.
  if (isClosed(first.exchanges.at(-1)?.response)) return first;
  if (!mayPass(testCase.action, first) || !sendContext.faultRetries.allowed) return first;
  if (!(await pool.context.pause(PAUSE_BEFORE_SECOND_MS))) return first;
  const second = await evaluateByKind(context, testCase);
  sendContext.faultRetries.record(mayPass(testCase.action, second));
  return second;
}

/** True where the judged call or a concurrent one failed with the code of an internal fault, and where there is no verdict for a temporary reason. */
const mayPass = (action: Action, result: CaseResult): boolean =>
  result.mayPass === true ||
  (result.status === "failed" && result.findings.some(({ actual }) => isFault(action, String(actual))));

function evaluateByKind(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const { edit, expect } = testCase;
  if (edit?.op === "request" && edit.mutation.signing?.shiftSeconds !== undefined)
    return evaluateTimeWindow(context, testCase);
  const mayAlreadyExist =
    expect.outcome === "success" &&
    edit?.op === "set" &&
    edit.value.kind === "text" &&
    edit.value.length <= MAX_LENGTH_WITHOUT_RUN_ID;
  return mayAlreadyExist ? retryWithOtherValue(context, testCase) : runOnce(context, testCase);
}

/** Values that are tried where a short value may already exist on the target, created by another client. */
const MAX_TRIED_VALUES = 10;

async function retryWithOtherValue(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  for (let attempt = 1; ; attempt++) {
    const result = await runOnce(context, testCase);
    const code = refusedBecauseItExists(testCase, result);
    if (code === undefined) return result;
    if (attempt < MAX_TRIED_VALUES) continue;
    const reason = `each of the ${MAX_TRIED_VALUES} values of this length that were tried already exists on the target`;
    return { ...resultWithoutResponse("skipped", reason), actual: code };
  }
}

/** The code with which the judged call, or the set-up call that sends the same value, was refused because the value exists. */
function refusedBecauseItExists(testCase: Case, { status, actual, blockedBy }: CaseResult): string | undefined {
  if (status === "failed") return isAlreadyExists(testCase, actual) ? actual : undefined;
  if (status !== "indeterminate" || blockedBy === undefined) return undefined;
  const create = actionById(testCase.action.service, blockedBy.action);
  const codes = create?.parameters.flatMap(({ refusals }) => refusals.get("unique")?.codes ?? []) ?? [];
  return codes.includes(blockedBy.response) ? blockedBy.response : undefined;
}

/** True for a code that documents that the changed value already exists. */
function isAlreadyExists({ edit, action }: Case, code: string): boolean {
  const name = edit?.op === "set" ? edit.at.parameter : "";
  const uniqueBreach = action.parameters.find((p) => p.name === name)?.refusals.get("unique");
  const situationCodes = action.situations
    .filter((situation) => situation.additionalMembers[name] === "fresh")
    .flatMap((situation) => situation.refused?.codes ?? []);
  return [...(uniqueBreach?.codes ?? []), ...situationCodes].includes(code);
}
