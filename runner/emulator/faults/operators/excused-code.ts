/** account-code, auth-code, busy-code, throttle-code: refuses a breach with a code whose cause excuses every call. */
import type { Action, ErrorCause } from "../../../model/index.ts";
import { decidedBreaches } from "./breaches.ts";
import type { Operator } from "./operator.ts";
import { codesWithCause, wrongCodeFault } from "./wrong-code.ts";

const EXCUSES: readonly ErrorCause[] = ["account", "auth", "busy", "throttle"];

export const excusedCodes: readonly Operator[] = EXCUSES.map((cause) => ({
  id: `${cause}-code`,
  *faultsOf({ actions }) {
    for (const action of actions.values()) {
      const breach = statedBreach(action);
      const code = codesWithCause(action, cause, ({ causes }) => causes.every((c) => EXCUSES.includes(c))).find(
        (c) => !breach?.refusal.codes.includes(c),
      );
      if (breach && code !== undefined) yield wrongCodeFault(breach, `${cause}-code`, code);
    }
  },
}));

/** One whose code a document states: a situation where the action has one, since only the state of the target decides it. */
function statedBreach(action: Action) {
  const stated = decidedBreaches(action).filter(({ refusal }) => refusal.level === "must");
  return stated.find(({ place }) => place === "situation") ?? stated[0];
}
