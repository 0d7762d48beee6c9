/** concurrent-lax: accepts several equal calls at once of which one may succeed. concurrent-strict: refuses those that overlap. */
import type { Action, Situation } from "../../../model/index.ts";
import { buildResponse } from "../../response.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

/** Long enough for calls sent together to overlap on a busy machine. */
export const HOLD_MS = 100;

export const concurrentLax: Operator = {
  id: "concurrent-lax",
  *faultsOf({ actions }) {
    for (const [action, { refused }] of repeatedCalls(actions.values()))
      if (refused)
        yield concurrentFault(action, "concurrent-lax", "Accepts equal concurrent calls that the state forbids.", {
          detects: "check:concurrency",
          refusal: (refusal, { overlappingCalls }) =>
            overlappingCalls > 0 && refusal.stage === "state" && refused.codes.includes(refusal.code)
              ? undefined
              : refusal,
        });
  },
};

export const concurrentStrict: Operator = {
  id: "concurrent-strict",
  *faultsOf({ actions }) {
    for (const [action, { refused }] of repeatedCalls(actions.values())) {
      const [code] = refused?.codes ?? action.parameters.flatMap((p) => p.refusals.get("absent")?.codes ?? []);
      if (code === undefined) continue;
      const details = {
        refused: true,
        stage: "state",
        message: "",
        parameter: "",
        breach: "",
        value: undefined,
      } as const;
      yield concurrentFault(action, "concurrent-strict", "Refuses equal calls that overlap.", {
        detects: refused ? "check:concurrency" : "check:outcome",
        response: (response, context) =>
          context.overlappingCalls > 0 && !context.refusal
            ? buildResponse({ ...context, refusal: { ...details, code } })
            : response,
      });
    }
  },
};

/** The situations that differ only in that the same call was sent before. */
const repeatedCalls = (actions: Iterable<Action>): [Action, Situation][] =>
  [...actions].flatMap((action) =>
    action.situations
      .filter(({ refused }) => refused?.level !== "may")
      .filter(({ precedingCalls: [first, ...others], where, additionalMembers }) => {
        const isSame = first && (first.call === "this" || first.call === action.name) && first.where.size === 0;
        const isPlain = where.size === 0 && Object.keys({ ...additionalMembers, ...first?.members }).length === 0;
        return isSame && isPlain && others.length === 0;
      })
      .slice(0, 1)
      .map((situation): [Action, Situation] => [action, situation]),
  );

const concurrentFault = (
  { id }: Action,
  operator: string,
  description: string,
  hooks: Pick<OperatorFault, "detects" | "refusal" | "response">,
): OperatorFault =>
  operatorFault({
    operator,
    action: id,
    place: "call",
    keyword: "at-once",
    description,
    family: "concurrency",
    holdMs: HOLD_MS,
    ...hooks,
  });
