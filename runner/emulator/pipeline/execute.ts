/** The last stage: the action itself, by its handler or from its spec alone. */
import type { Action, Members } from "../../model/index.ts";
import { actThroughFaults, refusedByFault } from "../faults/fault.ts";
import { isRefused, type Refused } from "../refusal.ts";
import { type Context, refuse } from "../request-context.ts";
import { type Change, noting } from "../variants/eventual-consistency.ts";
import { minimal } from "./minimal-output.ts";

export function act(context: Context): Refused | undefined {
  const { action, world, now } = context;
  if (!action) return undefined;
  const code = refusedByFault(context);
  if (code !== undefined)
    return { refused: true, stage: "fault", code, says: "", at: "", breach: "", value: undefined };
  const held = world.held.get(action.service.id);
  const handler = held?.keeper.handlers[action.name];
  if (!held || !handler) {
    context.output = minimal(action.output) as Members;
    return undefined;
  }
  const { ids, newId } = noting(held.newId);
  const scene = {
    now,
    newId,
    refuse: (code: string, says = "") => refuse(context, code, { says }),
  };
  const state = action.mutating ? held.state : (held.lag?.seen(now) ?? held.state);
  const result = actThroughFaults(() => handler(state, context.members, scene), context);
  if (isRefused(result)) return result;
  if (action.mutating)
    held.lag?.follow({ action: action.name, input: context.members, now, ids, kind: kindOf(action) });
  context.output = result ?? (minimal(action.output) as Members);
  return undefined;
}

function kindOf({ name, service }: Action): Change["kind"] {
  const resources = [...service.resources.values()];
  if (resources.some((r) => r.create === name)) return "creations";
  return resources.some((r) => r.delete === name) ? "deletions" : "other";
}
