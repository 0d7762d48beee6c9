/** An action that takes something away → one more of its kind, which it must leave alone. */
import type { Action, State } from "../model/index.ts";
import { affectedParameters } from "../spec/affected-parameters.ts";

export function neighbourState(action: Action): State | undefined {
  const [name] = affectedParameters(action, action.given);
  const state = name === undefined ? undefined : action.given.get(name);
  // What a call adds to (a person, by a further group) is not taken away.
  if ([...action.service.resources.values()].some((r) => r.create === action.name)) return undefined;
  if (!state || action.service.resources.get(state.resource)?.probes.get(action.effects.success ?? "") === undefined)
    return undefined;
  return { existence: "existing", resource: state.resource, each: false, count: 1, in: state.in, with: state.with };
}
