/** Action → the parameters that its calls send. */
import type { Action, Parameter } from "../model/index.ts";

/** The required parameters and those in `given`, in the order of the document. */
export function minimalParameters(action: Action): readonly string[] {
  let names = minimalCache.get(action);
  if (!names) {
    names = action.parameters.filter((p) => p.required || action.given.has(p.name)).map((p) => p.name);
    minimalCache.set(action, names);
  }
  return names;
}

/** Read for each template. */
const minimalCache = new WeakMap<Action, readonly string[]>();

/** False where the spec forbids values in valid calls (`positiveValues: { values: never }`). */
export const isSendable = (p: Parameter): boolean => p.positiveValues?.values !== "never";

export const optionalParameters = (action: Action): string[] =>
  action.parameters.filter((p) => !p.required && !action.given.has(p.name) && isSendable(p)).map((p) => p.name);

/** The parameter that a case is about, unless a minimal call sends it anyway. */
export const additionalFor = (action: Action, p: Parameter): string[] =>
  minimalParameters(action).includes(p.name) ? [] : [p.name];
