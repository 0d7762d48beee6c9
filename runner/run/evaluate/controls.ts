/** Controls: whether the call without its deviation is accepted, decided once for each action, binding and set of members. */

import { toControlCase } from "../../cases/control.ts";
import type { BlockingCall, Case, Exchange } from "../../model/index.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export type Control =
  /** With its exchange, where that is small enough to be kept. */
  | { readonly kind: "accepted"; readonly exchange?: Exchange }
  | { readonly kind: "not-implemented"; readonly code: string }
  | {
      readonly kind: "not-accepted";
      readonly reason: string;
      readonly blockedBy: BlockingCall;
      readonly exchange?: Exchange;
    }
  | { readonly kind: "skipped"; readonly reason: string; readonly declaredByTarget: boolean };

export interface ControlCache {
  /** Adds the result of a planned case whose call is the control of other cases. */
  register(key: string, action: string, control: Promise<Control>): void;
  /** The control of the case, where it is already decided. */
  getDecided(testCase: Case): Control | undefined;
  /** The control of the case; it is sent unless it is decided or in progress. */
  get(testCase: Case): Promise<Control>;
}

interface Row {
  readonly promise: Promise<Control>;
  decided?: Control;
}

/** Actions whose controls are kept. The plan has the cases of one action together, so few are in use at the same time; those of one action are up to 1 MB. */
const MAX_KEPT_ACTIONS = 8;

export function createControlCache(evaluate: (control: Case) => Promise<Control>): ControlCache {
  const byAction = new Map<string, Map<string, Row>>();
  const rowsOf = (action: string) => {
    let rows = byAction.get(action);
    if (!rows) {
      rows = new Map();
      byAction.set(action, rows);
      if (byAction.size > MAX_KEPT_ACTIONS) byAction.delete(byAction.keys().next().value as string);
    }
    return rows;
  };
  const addRow = (rows: Map<string, Row>, key: string, promise: Promise<Control>): Row => {
    const row: Row = { promise };
    rows.set(key, row);
    // A rejection is handled by the code that awaits `promise`.
    promise.then(
      (control) => {
        row.decided = control;
      },
      () => undefined,
    );
    return row;
  };
  return {
    register: (key, action, control) => void addRow(rowsOf(action), key, control),
    getDecided: ({ action, control }) => byAction.get(action.id)?.get(control.key)?.decided,
    get(testCase) {
      const { key } = testCase.control;
      const rows = rowsOf(testCase.action.id);
      return (rows.get(key) ?? addRow(rows, key, evaluate(toControlCase(testCase)))).promise;
    },
  };
}

/** The result of a case whose control was not accepted. */
export function resultWithoutControl(control: Exclude<Control, { kind: "accepted" }>): CaseResult {
  if (control.kind === "not-implemented") {
    return resultWithoutResponse(
      "unimplemented",
      `the control call got the response ${control.code}: the target does not implement this action`,
    );
  }
  if (control.kind === "skipped") return resultWithoutResponse("skipped", control.reason, control.declaredByTarget);
  const { reason, blockedBy, exchange } = control;
  return {
    ...resultWithoutResponse("indeterminate", `the control call was not accepted: ${reason}`),
    blockedBy,
    exchanges: exchange === undefined ? [] : [exchange],
  };
}
