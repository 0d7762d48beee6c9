/** One case → what it comes to: first what the target lacks, then its control, then the case itself. */
import { isOwnControl, needsControl } from "../../cases/control.ts";
import { decode } from "../../http/decode.ts";
import type { Case, Exchange } from "../../model/index.ts";
import { said } from "../send/send.ts";
import { type Judged, type Judging, unheard } from "./context.ts";
import { type Control, withoutControl } from "./controls.ts";
import { attempts } from "./strategy.ts";

export function judged(j: Judging, c: Case): Promise<Judged> {
  const { lacks } = j.to;
  const lacking = lacks.actions[c.action.name] ?? lacks.actions[c.action.id];
  if (lacking !== undefined) return Promise.resolve(unheard("unimplemented", lacking, true));
  const unbound = lacks.bindings[c.binding];
  if (unbound !== undefined) return Promise.resolve(unheard("skipped", unbound, true));
  if (isOwnControl(c)) return itsOwnControl(j, c);
  if (!needsControl(c)) return attempts(j, c);
  const control = j.controls.known(c);
  return control ? afterControl(j, c, control) : j.controls.of(c).then((decided) => afterControl(j, c, decided));
}

/**
 * A refusal proves nothing where the call without its deviation was refused too. An acceptance speaks for itself; but what
 * is wrong with the key or the account is not wrong with a signature of another second.
 */
function afterControl(j: Judging, c: Case, control: Control): Promise<Judged> {
  const blocks =
    c.expect.outcome === "success" && c.edit?.op !== "wire" ? control.kind === "lacks" : control.kind !== "accepted";
  if (control.kind !== "accepted") return blocks ? Promise.resolve(withoutControl(control)) : attempts(j, c);
  return attempts(j, c).then((result) => (result.status === "failed" ? beside(result, control) : result));
}

/** A failure is read beside what was accepted. */
const beside = (result: Judged, { exchange }: Extract<Control, { kind: "accepted" }>): Judged =>
  exchange === undefined ? result : { ...result, exchanges: [exchange, ...result.exchanges] };

async function itsOwnControl(j: Judging, c: Case): Promise<Judged> {
  const result = attempts(j, c);
  const control = result.then((r) => controlFrom(c, r));
  j.controls.serve(c.control, c.action.id, control);
  const done = await result;
  if (!c.action.service.envelope.lacks.includes(done.seen)) return done;
  return {
    ...done,
    status: "unimplemented",
    reason: `answered ${done.seen}: the target lacks this action`,
    findings: [],
  };
}

/** Controls are remembered for all cases of an action, so a target decides how much memory they take: not much. */
const mostBytes = 16 * 1024;

const isOwn = ({ role }: Exchange): boolean => role === "judged" || role === "control";

/** The control's own call, else the last that was sent for it. */
function shownBy({ exchanges }: Judged): { exchange?: Exchange } {
  const exchange = exchanges.findLast(isOwn) ?? exchanges.at(-1);
  if (exchange === undefined) return {};
  const { response, request } = exchange;
  const role = isOwn(exchange) ? "control" : exchange.role;
  if ("why" in response) return { exchange: { ...exchange, role } };
  if (response.body.length + request.body.length > mostBytes) return {};
  // A copy: the received one may be a piece of something larger.
  return { exchange: { ...exchange, role, response: { ...response, body: Uint8Array.from(response.body) } } };
}

/** What the control's own call got. */
function answered({ action }: Case, { exchanges, seen }: Judged): string {
  const exchange = exchanges.findLast(isOwn);
  if (exchange === undefined || "why" in exchange.response) return seen;
  return said({ exchange, outcome: decode(exchange.response, action.service.envelope) });
}

export function controlFrom(c: Case, r: Judged): Control {
  if (r.status === "skipped") return { kind: "skipped", why: r.reason, excused: r.excused };
  if (r.seen === "success") return { kind: "accepted", ...shownBy(r) };
  if (c.action.service.envelope.lacks.includes(r.seen)) return { kind: "lacks", code: r.seen };
  const answer = r.reason || answered(c, r);
  const blocked = r.blocked ?? { action: c.action.id, answer };
  return { kind: "not-accepted", why: r.reason || `answered ${answer}`, blocked, ...shownBy(r) };
}
