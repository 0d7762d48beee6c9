/** Action → the codes of its own table that a call is said to get and no case does. */

import { isCausedByCall } from "../cases/documented-elements.ts";
import { type PlanOptions, planAction } from "../cases/plan.ts";
import type { Action, ErrorCode } from "../model/index.ts";

export function uncoveredCodes(action: Action, isFlat: PlanOptions["isFlat"]): ErrorCode[] {
  const expectedCodes = new Set<string>();
  for (const { expect } of planAction(action, { depth: "standard", flat: isFlat }))
    if (expect.outcome === "refused") for (const code of expect.codes) expectedCodes.add(code);
  return [...action.errors.values()].filter((row) => !expectedCodes.has(row.code) && isCausedByCalls(action, row));
}

/** A code that comes of calls elsewhere does not come of one here; "elsewhere" in its own action is nowhere. */
function isCausedByCalls(action: Action, { causes, raisedBy }: ErrorCode): boolean {
  if (causes.includes("unreachable")) return false;
  return causes.some(isCausedByCall) || (causes.every((cause) => cause === "elsewhere") && raisedBy === action.name);
}
