/** late-lax: accepts every call after some refusals. late-undone: executes no call after some accepted ones. */
import type { Service } from "../../../model/index.ts";
import { countingBeyond } from "../counting-beyond.ts";
import { refusalFamily } from "./breaches.ts";
import { runOnCopy, verifiedActions } from "./effect.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

/** Calls of an action that are handled correctly: fewer than the smallest family of its cases sends. */
const [CORRECT_REFUSALS, CORRECT_SUCCESSES] = [2, 1];

export const lateLax: Operator = {
  id: "late-lax",
  *faultsOf({ actions }: Service): Iterable<OperatorFault> {
    for (const action of actions.values()) {
      const family = refusalFamily([action]);
      if (family === undefined) continue;
      const isLate = countingBeyond(CORRECT_REFUSALS);
      yield operatorFault({
        operator: "late-lax",
        action: action.id,
        place: "call",
        keyword: "refusal",
        description: `Accepts every call of ${action.name} after ${CORRECT_REFUSALS} refusals.`,
        family,
        detects: "check:outcome",
        refusal: (refusal, { emulator }) => (isLate(emulator) ? undefined : refusal),
      });
    }
  },
};

export const lateUndone: Operator = {
  id: "late-undone",
  *faultsOf({ actions }: Service): Iterable<OperatorFault> {
    for (const { id, name } of verifiedActions(actions)) {
      const isLate = countingBeyond(CORRECT_SUCCESSES);
      yield operatorFault({
        operator: "late-undone",
        action: id,
        place: "call",
        keyword: "effect",
        description: `Answers ${name} with a success but does not execute it after the first accepted call.`,
        family: "valid",
        detects: `state:${id}/undone`,
        execute: (next, context) => (isLate(context.emulator) ? runOnCopy(context) : next()),
      });
    }
  },
};
