/** A call before → the members in which it differs from the judged one. */
import type { Action, Before, Members } from "../model/index.ts";
import { type NameContext, newMemberValue } from "../resources/setup-members.ts";

/** Literals with the case's token for `fresh`, and names that the call makes up for itself. */
export function precedingCallMembers(action: Action, before: Before, token: string, name: NameContext): Members {
  const members: Members = {};
  for (const [member, value] of Object.entries(before.with)) members[member] = value === "fresh" ? token : value;
  for (const p of action.parameters) {
    const state = before.where.get(p.name);
    if (state?.existence === "new") members[p.name] = newMemberValue(action, p, state, name);
  }
  return members;
}
