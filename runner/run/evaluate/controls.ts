/** Controls: whether the call without its deviation was accepted, once for each action, binding and shape. */

import { toControlCase } from "../../cases/control.ts";
import type { BlockingCall, Case, Exchange } from "../../model/index.ts";
import { type CaseResult, resultWithoutResponse } from "./result.ts";

export type Control =
  /** With the exchange that showed it, where that is small enough to be remembered. */
  | { readonly kind: "accepted"; readonly exchange?: Exchange }
  | { readonly kind: "not-implemented"; readonly code: string }
  | {
      readonly kind: "not-accepted";
      readonly why: string;
      readonly blocked: BlockingCall;
      readonly exchange?: Exchange;
    }
  | { readonly kind: "skipped"; readonly why: string; readonly excused: boolean };

export interface ControlCache {
  /** A valid case that is its own shape's control: what it comes to serves the others. */
  register(key: string, action: string, control: Promise<Control>): void;
  /** Its control, where that is decided already. */
  known(c: Case): Control | undefined;
  of(c: Case): Promise<Control>;
}

interface Row {
  readonly promise: Promise<Control>;
  decided?: Control;
}

/** Actions whose controls are remembered; cases come action by action. */
const most = 64;

export function createControlCache(send: (control: Case) => Promise<Control>): ControlCache {
  const byAction = new Map<string, Map<string, Row>>();
  const mine = (action: string) => {
    let found = byAction.get(action);
    if (!found) {
      found = new Map();
      byAction.set(action, found);
      if (byAction.size > most) byAction.delete(byAction.keys().next().value as string);
    }
    return found;
  };
  const keep = (rows: Map<string, Row>, key: string, promise: Promise<Control>): Row => {
    const row: Row = { promise };
    rows.set(key, row);
    // A failure reaches whoever awaits the promise itself.
    promise.then(
      (control) => {
        row.decided = control;
      },
      () => undefined,
    );
    return row;
  };
  return {
    register: (key, action, control) => void keep(mine(action), key, control),
    known: (c) => byAction.get(c.action.id)?.get(c.control.key)?.decided,
    of(c) {
      const rows = mine(c.action.id);
      return (rows.get(c.control.key) ?? keep(rows, c.control.key, send(toControlCase(c)))).promise;
    },
  };
}

/** What its cases come to where a control was not accepted. */
export function resultWithoutControl(control: Exclude<Control, { kind: "accepted" }>): CaseResult {
  if (control.kind === "not-implemented") {
    return resultWithoutResponse(
      "unimplemented",
      `its control was answered ${control.code}: the target lacks this action`,
    );
  }
  if (control.kind === "skipped") return resultWithoutResponse("skipped", control.why, control.excused);
  const { why, blocked, exchange } = control;
  const exchanges = exchange === undefined ? [] : [exchange];
  return {
    ...resultWithoutResponse("indeterminate", `its control was not accepted: ${why}`),
    blockedBy: blocked,
    exchanges,
  };
}
