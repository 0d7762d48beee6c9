/** The last stage: the action itself, by its handler or from its spec alone. */
import type { Action, CallMembers } from "../../model/index.ts";
import { type EmulatorRefusal, isRefused } from "../refusal.ts";
import { refuse } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { type DelayedChange, recordIds } from "../variants/eventual-consistency.ts";
import { minimalValue } from "./minimal-output.ts";

export function executeAction(context: RequestContext): EmulatorRefusal | undefined {
  const { action, emulator, now } = context;
  if (!action) return undefined;
  const code = context.behaviour.extraRefusalCode(context);
  if (code !== undefined)
    return { refused: true, stage: "fault", code, says: "", at: "", breach: "", value: undefined };
  const held = emulator.serviceStates.get(action.service.id);
  const handler = held?.keeper.handlers[action.name];
  if (!held || !handler) {
    context.output = minimalValue(action.output) as CallMembers;
    return undefined;
  }
  const { ids, newId } = recordIds(held.newId);
  const scene = {
    now,
    newId,
    refuse: (code: string, says = "") => refuse(context, code, { says }),
  };
  const state = action.mutating ? held.state : (held.lag?.seen(now) ?? held.state);
  const result = context.behaviour.execute(() => handler(state, context.members, scene), context);
  if (isRefused(result)) return result;
  if (action.mutating)
    held.lag?.enqueue({ action: action.name, input: context.members, now, ids, kind: changeKind(action) });
  context.output = result ?? (minimalValue(action.output) as CallMembers);
  return undefined;
}

function changeKind({ name, service }: Action): DelayedChange["kind"] {
  const resources = [...service.resources.values()];
  if (resources.some((r) => r.create === name)) return "creations";
  return resources.some((r) => r.delete === name) ? "deletions" : "other";
}
