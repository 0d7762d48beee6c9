/** An action and the states that its parameters name → the parameters whose resources an accepted call changes. */
import type { Action, ResourceState } from "../model/index.ts";

/** Those that it deletes, else the innermost ones; none where it makes something new. */
export function affectedParameters(action: Action, states: ReadonlyMap<string, ResourceState>): Set<string> {
  if (!action.mutating) return new Set();
  const there = [...states].filter(([, s]) => s.kind === "existing" || s.kind === "another");
  const deleted = there.filter(([, s]) => action.service.resources.get(s.resource)?.delete === action.name);
  if (deleted.length > 0) return new Set(deleted.map(([name]) => name));
  if ([...states.values()].some((s) => s.kind === "new")) return new Set();
  const containers = new Set(there.flatMap(([, s]) => s.containers));
  return new Set(there.filter(([name, s]) => !containers.has(name) && s.containers.length > 0).map(([name]) => name));
}
