/** An action and the states that its parameters name → the parameters whose resources an accepted call changes. */
import type { Action, ResourceState } from "../model/index.ts";

/**
 * The parameters whose resources the action deletes; else those of the innermost resources, which lie in the others; for an
 * update of a resource that lies in no other, those of all resources. None where the action changes nothing or creates a resource.
 */
export function affectedParameters(action: Action, states: ReadonlyMap<string, ResourceState>): Set<string> {
  if (!action.mutating) return new Set();
  const existing = [...states].filter(([, s]) => s.kind === "existing" || s.kind === "another");
  const deleted = existing.filter(([, s]) => action.deletes.some((resource) => resource.name === s.resource));
  if (deleted.length > 0) return new Set(deleted.map(([name]) => name));
  if ([...states.values()].some((s) => s.kind === "new")) return new Set();
  const containers = new Set(existing.flatMap(([, s]) => s.containers));
  const inner = existing.filter(([name, s]) => !containers.has(name) && s.containers.length > 0);
  return new Set((inner.length > 0 || action.creates ? inner : existing).map(([name]) => name));
}
