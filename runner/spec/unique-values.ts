/** An action and a parameter → whether a value of it must be there once only. */
import type { Action, Parameter } from "../model/index.ts";

/** Every value asks. */
const known = new WeakMap<Parameter, boolean>();

/** The name of something new, a value that nobody else may have, or a token that makes a call the same call. */
export function mustBeUnique(action: Action, p: Parameter): boolean {
  let once = known.get(p);
  if (once === undefined) {
    once = p.uniqueWithin !== undefined || action.given.get(p.name)?.kind === "new" || isToken(action, p.name);
    known.set(p, once);
  }
  return once;
}

/** Sent afresh in a situation that repeats a call by it. */
const isToken = (action: Action, name: string): boolean =>
  action.situations.some((s) => s.additionalMembers[name] === "fresh");
