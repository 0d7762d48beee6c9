/** A case → its control: the judged call without its deviation. */
import type { Action, Case, ControlCall } from "../model/index.ts";

/** One control serves all cases of an action, binding and shape: the members sent and the given resources. */
export function controlCall(action: Action, binding: string, sent: readonly string[]): ControlCall {
  const members = [...sent].sort();
  return { key: `${action.id}/control/${members.join(".") || "nothing"}@${binding}`, members, binding };
}

/** Whatever deviates rests on a control; a `before: this` call is its own. */
export const hasControl = (c: Case): boolean =>
  !isOwnControl(c) && !(c.situation?.precedingCalls.some((b) => b.call === "this") ?? false);

/** The control as a case that can be sent; not planned, not counted. */
export function toControlCase(c: Case): Case {
  return {
    ...c,
    id: c.control.key,
    family: "control",
    level: "must",
    expect: { outcome: "success" },
    rule: null,
    title: "MUST accept the call without its deviation",
    binding: c.control.binding,
    members: c.control.members,
    situation: null,
    extraResource: null,
    sample: null,
    edit: null,
    concurrency: null,
    verifyUnchanged: false,
    equivalentTo: null,
    fuzzIndex: null,
  };
}

/** True where the case itself is the control of its shape. */
export const isOwnControl = (c: Case): boolean =>
  c.family === "valid" && c.edit === null && c.situation === null && c.sample === null && c.extraResource === null;
