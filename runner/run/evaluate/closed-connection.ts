/**
 * A call whose connection the target closed instead of responding -> a failure where only this call has that effect, or where the
 * target accepts no connection afterwards.
 *
 * No false alarms: a connection that was idle may be closed at any time, so that a case fails only after two closed connections that
 * were new. After each of them the control has to be accepted, so that neither the network nor the whole target is the reason.
 */
import { toControlCase } from "../../cases/control.ts";
import { isTooLarge, noEnvelope } from "../../check/judge.ts";
import type { Case, Exchange } from "../../model/index.ts";
import { isUnsupported } from "../preflight.ts";
import { isClosed, isConnectionRefused, isGatewayResponse } from "../send/retry-policy.ts";
import { mainBindingCall, send } from "../send/send.ts";
import { runOnce } from "./attempt.ts";
import type { EvaluationContext } from "./context.ts";
import type { CaseResult } from "./result.ts";

/** Before a case is evaluated again, in milliseconds. */
const PAUSE_MS = 250;

/** New connections that are closed before the case fails. */
const MIN_CLOSED = 2;

/** Two more than that: the first connections may be ones that were idle for different times. */
const MAX_EVALUATIONS = MIN_CLOSED + 2;

export function evaluateClosed(
  context: EvaluationContext,
  testCase: Case,
  first: CaseResult,
  evaluateAgain: () => Promise<CaseResult>,
): Promise<CaseResult> {
  if (!isClosed(lastResponse(first))) return Promise.resolve(first);
  return context.deaths.watch(testCase.id, evaluateFurther(context, testCase, first, evaluateAgain));
}

async function evaluateFurther(
  context: EvaluationContext,
  testCase: Case,
  first: CaseResult,
  evaluateAgain: () => Promise<CaseResult>,
): Promise<CaseResult> {
  let result = first;
  let closed = 0;
  for (let evaluations = 1; ; evaluations++) {
    const response = lastResponse(result);
    if (!isClosed(response)) return result;
    if (response.died) return died(result);
    if (!response.reused) {
      const state = await stateOf(context, testCase, isJudged(result));
      if (state === "dead") return died(result);
      if (state === "unknown" || !isJudged(result)) return result;
      if (++closed === MIN_CLOSED) return closedTwice(testCase, result);
    }
    if (evaluations === MAX_EVALUATIONS || !(await context.pool.context.pause(PAUSE_MS))) return result;
    const next = await evaluateAgain();
    if (isConnectionRefused(lastResponse(next))) return died(result);
    result = next;
  }
}

const lastResponse = ({ exchanges }: CaseResult): Exchange["response"] | undefined => exchanges.at(-1)?.response;

/** False where a call of the set-up got no response. */
const isJudged = ({ exchanges }: CaseResult): boolean => ["judged", "control"].includes(exchanges.at(-1)?.role ?? "");

/** Whether the target accepts the control. The control of a control, and of a call of the set-up, is the ping of the service. */
async function stateOf(
  context: EvaluationContext,
  testCase: Case,
  judged: boolean,
): Promise<"alive" | "dead" | "unknown"> {
  const { action, control } = testCase;
  const isControl = testCase.family === "control" || testCase.family === "valid";
  if (judged && !isControl && control.key !== testCase.id) {
    const result = await runOnce(context, toControlCase(testCase));
    if (result.actual === "success") return "alive";
    return isConnectionRefused(lastResponse(result)) ? "dead" : "unknown";
  }
  const { ping, actions } = action.service;
  const pinged = actions.get(ping?.call ?? "");
  if (!ping || !pinged || isUnsupported(context.to, pinged)) return "unknown";
  const { exchange, outcome } = await send(
    context.sendContext,
    context.to,
    mainBindingCall(pinged, ping.with),
    "probe",
  );
  if (outcome && !isGatewayResponse(exchange.response, outcome)) return "alive";
  return isConnectionRefused(exchange.response) ? "dead" : "unknown";
}

/**
 * A server may close the connection of a request that is too large before it has read it, and of one that is no proper HTTP where no
 * document states the response.
 */
function closedTwice(testCase: Case, result: CaseResult): CaseResult {
  const reason = "the target closed the connection twice instead of responding, but accepted the control";
  if (isTooLarge(testCase)) return { ...result, status: "passed", reason };
  if (testCase.edit?.op === "request" && testCase.expect.outcome === "any")
    return { ...result, status: "observed", reason };
  return { ...result, status: "failed", reason, findings: [noEnvelope("no response: the connection was closed")] };
}

/**
 * Which of several requests ended the target cannot be found out. A case whose set-up got no response has no verdict: its own call
 * was not sent.
 */
function died(result: CaseResult): CaseResult {
  const reason =
    "the target closed the connection and accepts no other one: it died of this request, or of one that was sent at the same time";
  if (!isJudged(result)) return { ...result, died: true, reason: `${result.reason}; ${reason}` };
  return { ...result, died: true, status: "failed", reason, findings: [noEnvelope("no response: the target died")] };
}
