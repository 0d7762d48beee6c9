/** A case → its control: the judged call without its deviation. */
import type { Action, Case, ControlCall, MemberPath } from "../model/index.ts";
import { pathOf } from "../spec/places/paths.ts";

/** All cases of one action over one binding that send the same members share one control. */
export function controlCall(
  action: Action,
  binding: string,
  sent: readonly string[],
  places: readonly MemberPath[],
): ControlCall {
  const members = [...sent].sort();
  const inside = places.map(({ parameter, steps = [] }) => `+${parameter}${pathOf(steps)}`).join("");
  return {
    key: `${action.id}/control/${members.join(".") || "nothing"}${inside}@${binding}`,
    members,
    places,
    binding,
  };
}

/** True for a case that deviates from a control. A case that sends the same call beforehand (`precedingCalls` with `this`) needs none. */
export const hasControl = (c: Case): boolean =>
  !isOwnControl(c) && !(c.situation?.precedingCalls.some((b) => b.call === "this") ?? false);

/** The control as a case that can be sent. It is not part of the plan, nor of the counts. */
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
    places: c.control.places,
    situation: null,
    extraResource: null,
    listPlan: null,
    sample: null,
    edit: null,
    concurrency: null,
    verifyUnchanged: false,
    equivalentTo: null,
    fuzzIndex: null,
  };
}

/** True where the case itself is the control of other cases: a valid call without deviation. */
export const isOwnControl = (c: Case): boolean =>
  c.family === "valid" && c.edit === null && c.situation === null && c.sample === null && c.extraResource === null;
