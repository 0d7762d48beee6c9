/** A case -> its result: first what the target declares as unsupported, then the control, then the case itself. */
import { hasControl, isOwnControl } from "../../cases/control.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Case, Exchange } from "../../model/index.ts";
import { describeOutcome } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type Control, resultWithoutControl } from "./controls.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";
import { evaluateByStrategy } from "./strategy.ts";

export function evaluateCase(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const { unsupported } = context.to;
  const { action, binding } = testCase;
  const actionReason = unsupported.actions[action.name] ?? unsupported.actions[action.id];
  if (actionReason !== undefined) return Promise.resolve(resultWithoutResponse("unimplemented", actionReason, true));
  const bindingReason = unsupported.bindings[binding];
  if (bindingReason !== undefined) return Promise.resolve(resultWithoutResponse("skipped", bindingReason, true));
  if (isOwnControl(testCase)) return evaluateAsControl(context, testCase);
  if (!hasControl(testCase)) return evaluateByStrategy(context, testCase);
  const decided = context.controls.getDecided(testCase);
  return decided
    ? evaluateAfterControl(context, testCase, decided)
    : context.controls.get(testCase).then((control) => evaluateAfterControl(context, testCase, control));
}

/** Evaluates a case whose call is the control of other cases, and registers the result for them. */
async function evaluateAsControl(context: EvaluationContext, testCase: Case): Promise<CaseResult> {
  const pending = evaluateByStrategy(context, testCase);
  const control = pending.then((result) => toControl(testCase, result));
  context.controls.register(testCase.control.key, testCase.action.id, control);
  const result = await pending;
  if (!testCase.action.service.envelope.notImplementedCodes.includes(result.actual)) return result;
  return {
    ...result,
    status: "unimplemented",
    reason: `response ${result.actual}: the target does not implement this action`,
    findings: [],
  };
}

/**
 * A refusal shows nothing where the control was refused, too. A case that expects a success is evaluated all the same, unless
 * its request is mutated: where the key or the account is wrong, a refusal of that request is not about its mutation.
 */
function evaluateAfterControl(context: EvaluationContext, testCase: Case, control: Control): Promise<CaseResult> {
  const needsAcceptedControl = testCase.expect.outcome !== "success" || testCase.edit?.op === "request";
  if (control.kind !== "accepted") {
    const blocks = needsAcceptedControl || control.kind === "not-implemented";
    return blocks ? Promise.resolve(resultWithoutControl(control)) : evaluateByStrategy(context, testCase);
  }
  return evaluateByStrategy(context, testCase).then((result) =>
    result.status === "failed" ? withControlExchange(result, control) : result,
  );
}

/** A failure is recorded together with the accepted control, for comparison. */
const withControlExchange = (result: CaseResult, { exchange }: Extract<Control, { kind: "accepted" }>): CaseResult =>
  exchange === undefined ? result : { ...result, exchanges: [exchange, ...result.exchanges] };

export function toControl(testCase: Case, result: CaseResult): Control {
  if (result.status === "skipped")
    return { kind: "skipped", reason: result.reason, declaredByTarget: result.declaredByTarget };
  if (result.actual === "success") return { kind: "accepted", ...controlExchange(result) };
  if (testCase.action.service.envelope.notImplementedCodes.includes(result.actual))
    return { kind: "not-implemented", code: result.actual };
  const response = result.reason || describeControlResponse(testCase, result);
  const blockedBy = result.blockedBy ?? { action: testCase.action.id, response };
  const reason = result.reason || `response ${response}`;
  return { kind: "not-accepted", reason, blockedBy, ...controlExchange(result) };
}

const isControlCall = ({ role }: Exchange): boolean => role === "judged" || role === "control";

/** The response to the control call itself. */
function describeControlResponse({ action }: Case, { exchanges, actual }: CaseResult): string {
  const exchange = exchanges.findLast(isControlCall);
  if (exchange === undefined || "reason" in exchange.response) return actual;
  return describeOutcome({ exchange, outcome: decodeResponse(exchange.response, action.service.envelope) });
}

/** Largest request and response of a control that is kept, in bytes: controls are kept for all cases of an action. */
const MAX_KEPT_BYTES = 16 * 1024;

/** The exchange of the control call; where it was not sent, the last exchange before it. */
function controlExchange({ exchanges }: CaseResult): { exchange?: Exchange } {
  const exchange = exchanges.findLast(isControlCall) ?? exchanges.at(-1);
  if (exchange === undefined) return {};
  const { response, request } = exchange;
  const role = isControlCall(exchange) ? "control" : exchange.role;
  if ("reason" in response) return { exchange: { ...exchange, role } };
  if (response.body.length + request.body.length > MAX_KEPT_BYTES) return {};
  // Copied, because the received body may be a view of a larger buffer.
  return { exchange: { ...exchange, role, response: { ...response, body: Uint8Array.from(response.body) } } };
}
