/** The last stage: the action itself, by its handler or from its spec alone. */
import type { Members } from "../model.ts";
import { type Context, refuse } from "./context.ts";
import { actThroughFaults, refusedByFault } from "./fault.ts";
import { minimal } from "./minimal.ts";
import { isRefused, type Refused } from "./refused.ts";

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
  const scene = {
    now,
    newId: held.newId,
    refuse: (code: string, says = "") => refuse(context, code, { says }),
  };
  const result = actThroughFaults(() => handler(held.state, context.members, scene), context);
  if (isRefused(result)) return result;
  context.output = result ?? (minimal(action.output) as Members);
  return undefined;
}
