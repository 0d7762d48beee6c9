/** One case → what it comes to: first what the target lacks, then its control, then the case itself. */
import { hasControl, isOwnControl } from "../../cases/control.ts";
import { decodeResponse } from "../../http/decode.ts";
import type { Case, Exchange } from "../../model/index.ts";
import { describeOutcome } from "../send/send.ts";
import type { EvaluationContext } from "./context.ts";
import { type Control, resultWithoutControl } from "./controls.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";
import { evaluateByStrategy } from "./strategy.ts";

export function evaluateCase(j: EvaluationContext, c: Case): Promise<CaseResult> {
  const { unsupported } = j.to;
  const lacking = unsupported.actions[c.action.name] ?? unsupported.actions[c.action.id];
  if (lacking !== undefined) return Promise.resolve(resultWithoutResponse("unimplemented", lacking, true));
  const unbound = unsupported.bindings[c.binding];
  if (unbound !== undefined) return Promise.resolve(resultWithoutResponse("skipped", unbound, true));
  if (isOwnControl(c)) return evaluateAsControl(j, c);
  if (!hasControl(c)) return evaluateByStrategy(j, c);
  const control = j.controls.known(c);
  return control
    ? evaluateAfterControl(j, c, control)
    : j.controls.of(c).then((decided) => evaluateAfterControl(j, c, decided));
}

/**
 * A refusal proves nothing where the call without its deviation was refused too. An acceptance speaks for itself; but what
 * is wrong with the key or the account is not wrong with a signature of another second.
 */
function evaluateAfterControl(j: EvaluationContext, c: Case, control: Control): Promise<CaseResult> {
  const blocks =
    c.expect.outcome === "success" && c.edit?.op !== "request"
      ? control.kind === "not-implemented"
      : control.kind !== "accepted";
  if (control.kind !== "accepted")
    return blocks ? Promise.resolve(resultWithoutControl(control)) : evaluateByStrategy(j, c);
  return evaluateByStrategy(j, c).then((result) =>
    result.status === "failed" ? withControlExchange(result, control) : result,
  );
}

/** A failure is read beside what was accepted. */
const withControlExchange = (result: CaseResult, { exchange }: Extract<Control, { kind: "accepted" }>): CaseResult =>
  exchange === undefined ? result : { ...result, exchanges: [exchange, ...result.exchanges] };

async function evaluateAsControl(j: EvaluationContext, c: Case): Promise<CaseResult> {
  const result = evaluateByStrategy(j, c);
  const control = result.then((r) => toControl(c, r));
  j.controls.register(c.control.key, c.action.id, control);
  const done = await result;
  if (!c.action.service.envelope.notImplementedCodes.includes(done.actual)) return done;
  return {
    ...done,
    status: "unimplemented",
    reason: `answered ${done.actual}: the target lacks this action`,
    findings: [],
  };
}

/** Controls are remembered for all cases of an action, so a target decides how much memory they take: not much. */
const mostBytes = 16 * 1024;

const isOwn = ({ role }: Exchange): boolean => role === "judged" || role === "control";

/** The control's own call, else the last that was sent for it. */
function controlExchange({ exchanges }: CaseResult): { exchange?: Exchange } {
  const exchange = exchanges.findLast(isOwn) ?? exchanges.at(-1);
  if (exchange === undefined) return {};
  const { response, request } = exchange;
  const role = isOwn(exchange) ? "control" : exchange.role;
  if ("reason" in response) return { exchange: { ...exchange, role } };
  if (response.body.length + request.body.length > mostBytes) return {};
  // A copy: the received one may be a piece of something larger.
  return { exchange: { ...exchange, role, response: { ...response, body: Uint8Array.from(response.body) } } };
}

/** What the control's own call got. */
function describeControlResponse({ action }: Case, { exchanges, actual }: CaseResult): string {
  const exchange = exchanges.findLast(isOwn);
  if (exchange === undefined || "reason" in exchange.response) return actual;
  return describeOutcome({ exchange, outcome: decodeResponse(exchange.response, action.service.envelope) });
}

export function toControl(c: Case, r: CaseResult): Control {
  if (r.status === "skipped") return { kind: "skipped", why: r.reason, excused: r.declaredByTarget };
  if (r.actual === "success") return { kind: "accepted", ...controlExchange(r) };
  if (c.action.service.envelope.notImplementedCodes.includes(r.actual))
    return { kind: "not-implemented", code: r.actual };
  const response = r.reason || describeControlResponse(c, r);
  const blocked = r.blockedBy ?? { action: c.action.id, response };
  return { kind: "not-accepted", why: r.reason || `answered ${response}`, blocked, ...controlExchange(r) };
}
