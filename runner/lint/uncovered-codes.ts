/** Action and its cases → the codes of its error table that have a cause in the call, and that no case expects. */

import { isCausedByCall } from "../cases/documented-elements.ts";
import type { Action, Case, ErrorCode } from "../model/index.ts";

/** `cases`: all cases of the action. */
export function uncoveredCodes(action: Action, cases: Iterable<Pick<Case, "expect">>): ErrorCode[] {
  const expectedCodes = new Set<string>();
  for (const { expect } of cases)
    if (expect.outcome === "refused") for (const code of expect.codes) expectedCodes.add(code);
  return [...action.errors.values()].filter((row) => !expectedCodes.has(row.code) && isCausedByCalls(action, row));
}

/** True for the causes `request` and `state`, and for `elsewhere` where `raisedBy` names this same action. */
function isCausedByCalls(action: Action, { causes, raisedBy }: ErrorCode): boolean {
  if (causes.includes("unreachable")) return false;
  return causes.some(isCausedByCall) || (causes.every((cause) => cause === "elsewhere") && raisedBy === action.name);
}
