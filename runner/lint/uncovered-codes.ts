/** Action → the codes of its error table that have a cause in the call, and that no case expects. */

import { isCausedByCall } from "../cases/documented-elements.ts";
import { type PlanOptions, planAction } from "../cases/plan.ts";
import type { Action, ErrorCode } from "../model/index.ts";

export function uncoveredCodes(action: Action, isFlat: PlanOptions["isFlat"]): ErrorCode[] {
  const expectedCodes = new Set<string>();
  for (const { expect } of planAction(action, { depth: "standard", isFlat }))
    if (expect.outcome === "refused") for (const code of expect.codes) expectedCodes.add(code);
  return [...action.errors.values()].filter((row) => !expectedCodes.has(row.code) && isCausedByCalls(action, row));
}

/** True for the causes `request` and `state`, and for `elsewhere` where `raisedBy` names this same action. */
function isCausedByCalls(action: Action, { causes, raisedBy }: ErrorCode): boolean {
  if (causes.includes("unreachable")) return false;
  return causes.some(isCausedByCall) || (causes.every((cause) => cause === "elsewhere") && raisedBy === action.name);
}
