/** One case → what it comes to: first what the target lacks, then its control, then the case itself. */
import { isControl, needsControl } from "../cases/control.ts";
import type { Case } from "../model.ts";
import { type Control, withoutControl } from "./controls.ts";
import { type Judged, type Judging, unheard } from "./judging.ts";
import { attempts } from "./ways.ts";

export function judged(j: Judging, c: Case): Promise<Judged> {
  const { lacks } = j.to;
  const lacking = lacks.actions[c.action.name] ?? lacks.actions[c.action.id];
  if (lacking !== undefined) return Promise.resolve(unheard("unimplemented", lacking, true));
  const unbound = lacks.bindings[c.binding];
  if (unbound !== undefined) return Promise.resolve(unheard("skipped", unbound, true));
  if (isControl(c)) return itsOwnControl(j, c);
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
  return control.kind !== "accepted" && blocks ? Promise.resolve(withoutControl(control)) : attempts(j, c);
}

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

export function controlFrom(c: Case, r: Judged): Control {
  if (r.status === "skipped") return { kind: "skipped", why: r.reason, excused: r.excused };
  if (r.seen === "success") return { kind: "accepted" };
  if (c.action.service.envelope.lacks.includes(r.seen)) return { kind: "lacks", code: r.seen };
  return { kind: "not-accepted", why: r.reason || `answered ${r.seen}` };
}
