/** Action → which parameters a call sends. */
import type { Action, Parameter } from "../model/index.ts";

/** The required ones and those that the given state names, in the page's order. */
export function minimal(action: Action): readonly string[] {
  let found = minimals.get(action);
  if (!found) {
    found = action.parameters.filter((p) => p.required || action.given.has(p.name)).map((p) => p.name);
    minimals.set(action, found);
  }
  return found;
}

/** Every draft asks. */
const minimals = new WeakMap<Action, readonly string[]>();

export const sendable = (p: Parameter): boolean => p.send?.values !== "never";

export const optionals = (action: Action): string[] =>
  action.parameters.filter((p) => !p.required && !action.given.has(p.name) && sendable(p)).map((p) => p.name);

/** The parameter itself, where a minimal call lacks it. */
export const extraFor = (action: Action, p: Parameter): string[] => (minimal(action).includes(p.name) ? [] : [p.name]);
