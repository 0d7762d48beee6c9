/** One case → what it comes to: first what the target lacks, then its control, then the case itself. */
import { isControl, needsControl } from "../cases/control.ts";
import type { Case } from "../model.ts";
import { attempts } from "./attempt.ts";
import type { Control } from "./controls.ts";
import { type Judged, type Judging, unheard } from "./judging.ts";

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

/** A refusal proves nothing where the call without its deviation was refused too; an acceptance speaks for itself. */
function afterControl(j: Judging, c: Case, control: Control): Promise<Judged> {
  const blocks = c.expect.outcome === "success" ? control.kind === "lacks" : control.kind !== "accepted";
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

function withoutControl(control: Exclude<Control, { kind: "accepted" }>): Judged {
  if (control.kind === "lacks") {
    return unheard("unimplemented", `its control was answered ${control.code}: the target lacks this action`);
  }
  if (control.kind === "skipped") return unheard("skipped", control.why, control.excused);
  return unheard("indeterminate", `its control was not accepted: ${control.why}`);
}

export function controlFrom(c: Case, r: Judged): Control {
  if (r.status === "skipped") return { kind: "skipped", why: r.reason, excused: r.excused };
  if (r.seen === "success") return { kind: "accepted" };
  if (c.action.service.envelope.lacks.includes(r.seen)) return { kind: "lacks", code: r.seen };
  return { kind: "not-accepted", why: r.reason || `answered ${r.seen}` };
}
