/** Action → which parameters a call sends. */
import type { Action, Parameter } from "../model/index.ts";

/** The required ones and those that the given state names, in the page's order. */
export function minimalParameters(action: Action): readonly string[] {
  let names = minimalCache.get(action);
  if (!names) {
    names = action.parameters.filter((p) => p.required || action.given.has(p.name)).map((p) => p.name);
    minimalCache.set(action, names);
  }
  return names;
}

/** Every draft asks. */
const minimalCache = new WeakMap<Action, readonly string[]>();

export const isSendable = (p: Parameter): boolean => p.positiveValues?.values !== "never";

export const optionalParameters = (action: Action): string[] =>
  action.parameters.filter((p) => !p.required && !action.given.has(p.name) && isSendable(p)).map((p) => p.name);

/** The parameter itself, where a minimal call lacks it. */
export const additionalFor = (action: Action, p: Parameter): string[] =>
  minimalParameters(action).includes(p.name) ? [] : [p.name];
