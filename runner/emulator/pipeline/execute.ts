/** The last stage: runs the action's handler, or derives an output from its spec where it has none. */
import type { Action, CallMembers } from "../../model/index.ts";
import { type EmulatorRefusal, isRefused } from "../refusal.ts";
import { refuse } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { type DelayedChange, recordIds } from "../variants/eventual-consistency.ts";
import { minimalValue } from "./minimal-output.ts";

export function executeAction(context: RequestContext): EmulatorRefusal | undefined {
  const { action, emulator, now } = context;
  if (!action) return undefined;
  const faultCode = context.behaviour.extraRefusalCode(context);
  if (faultCode !== undefined) {
    return {
      refused: true,
      stage: "fault",
      code: faultCode,
      message: "",
      parameter: "",
      breach: "",
      value: undefined,
    };
  }
  const serviceState = emulator.serviceStates.get(action.service.id);
  const handler = serviceState?.serviceEmulation.handlers[action.name];
  if (!serviceState || !handler) {
    context.output = minimalValue(action.output) as CallMembers;
    return undefined;
  }
  const { ids, newId } = recordIds(serviceState.newId);
  const handlerContext = {
    now,
    newId,
    refuse: (code: string, message = "") => refuse(context, code, { message }),
  };
  const state = action.mutating
    ? serviceState.state
    : (serviceState.delayedState?.visibleAt(now) ?? serviceState.state);
  const delayedCopy = action.mutating ? serviceState.delayedState?.copyAt(now) : undefined;
  const earlyResult = delayedCopy && handler(delayedCopy, context.members, { ...handlerContext, newId: () => "" });
  if (isRefused(earlyResult)) return earlyResult;
  const result = context.behaviour.execute(() => handler(state, context.members, handlerContext), context);
  if (isRefused(result)) return result;
  if (action.mutating)
    serviceState.delayedState?.enqueue({
      action: action.name,
      input: context.members,
      now,
      ids,
      kind: changeKind(action),
    });
  context.output = result ?? (minimalValue(action.output) as CallMembers);
  return undefined;
}

function changeKind({ creates, deletes }: Action): DelayedChange["kind"] {
  if (creates) return "creations";
  return deletes.length > 0 ? "deletions" : "other";
}
