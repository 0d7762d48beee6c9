/** An action → one valid value of each parameter, the same at any time: for what is decided before a call is made. */
import type { Action, CallMembers } from "../model/index.ts";
import { validValue, valueContext } from "../values/valid-value.ts";

export const SAMPLE_SEED = 1;

const valuesByAction = new WeakMap<Action, CallMembers>();

export function sampleValues(action: Action): CallMembers {
  const values = valuesByAction.get(action) ?? generateValues(action);
  valuesByAction.set(action, values);
  return values;
}

const generateValues = ({ parameters }: Action): CallMembers =>
  Object.fromEntries(parameters.map((p) => [p.name, validValue(p, valueContext(SAMPLE_SEED, SAMPLE_SEED, ""))]));
