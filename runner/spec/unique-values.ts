/** An action and a parameter → whether every call needs a value of its own for it. */
import type { Action, Parameter } from "../model/index.ts";

/** Read once for each generated value. */
const cache = new WeakMap<Parameter, boolean>();

/** True for the name of a new resource, for a value documented as unique, and for an idempotency token. */
export function mustBeUnique(action: Action, p: Parameter): boolean {
  let isUnique = cache.get(p);
  if (isUnique === undefined) {
    isUnique = p.uniqueWithin !== undefined || action.given.get(p.name)?.kind === "new" || isToken(action, p.name);
    cache.set(p, isUnique);
  }
  return isUnique;
}

/** True for a member that some situation sends with a new value to mark repeated calls as one. */
const isToken = (action: Action, name: string): boolean =>
  action.situations.some((s) => s.additionalMembers[name] === "fresh");
