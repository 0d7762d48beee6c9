/** combined-lax: accepts a call with several invalid parameters. combined-internal-code: answers it with an internal error. */
import type { Action } from "../../../model/index.ts";
import { placesOf } from "../../../spec/places/places.ts";
import type { EmulatorRefusal } from "../../refusal.ts";
import type { RequestContext } from "../../request-context.ts";
import type { Fault } from "../fault.ts";
import { decidedBreaches } from "./breaches.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";
import { internalCodeOf } from "./wrong-code.ts";

export const combinedLax: Operator = {
  id: "combined-lax",
  *faultsOf({ actions }) {
    for (const action of combinableActions(actions.values()))
      yield combinedFault(action, "combined-lax", "Accepts a call with two invalid parameters.", undefined);
  },
};

export const combinedInternalCode: Operator = {
  id: "combined-internal-code",
  *faultsOf({ actions }) {
    for (const action of combinableActions(actions.values())) {
      const code = internalCodeOf(action);
      const description = `Answers a call with two invalid parameters with the code ${code}.`;
      if (code !== undefined) yield combinedFault(action, "combined-internal-code", description, code);
    }
  },
};

/** Two parameters of such an action can break a rule in one call. */
const combinableActions = (actions: Iterable<Action>): Action[] =>
  [...actions].filter((action) => {
    const parameters = decidedBreaches(action).map(({ parameter }) => parameter);
    return action.parameters.filter(({ name }) => parameters.includes(name)).length > 1;
  });

const combinedFault = (
  action: Action,
  operator: string,
  description: string,
  code: string | undefined,
): OperatorFault =>
  operatorFault({
    operator,
    action: action.id,
    place: "call",
    keyword: "two-breaches",
    description,
    family: "precedence",
    detects: "family:precedence",
    ...handleSeveralBreaches(code),
  });

/** Refuses a call with one invalid parameter correctly, and a call with several with `code`; undefined accepts the latter. */
function handleSeveralBreaches(code: string | undefined): Pick<Fault, "refusal" | "extraRefusal"> {
  /** Refusals of single parameters, postponed until all parameters of the call are checked. */
  const postponed = new WeakMap<RequestContext, EmulatorRefusal[]>();
  const hasSeveral = (context: RequestContext): boolean =>
    new Set(postponed.get(context)?.map((refusal) => parameterOf(context, refusal))).size > 1;
  return {
    refusal: (refusal, context) => {
      if (refusal.stage === "state" && hasSeveral(context)) return undefined;
      if (refusal.parameter === "" || refusal.breach === "" || refusal.breach === "unknown") return refusal;
      postponed.set(context, [...(postponed.get(context) ?? []), refusal]);
      return undefined; // extraRefusal decides when all parameters have been checked
    },
    extraRefusal: (_, context) => (hasSeveral(context) ? code : postponed.get(context)?.[0]?.code),
  };
}

const parameterOf = ({ action }: RequestContext, { place, parameter }: EmulatorRefusal): string =>
  action?.parameters.find((p) => placesOf(p).some(({ name }) => name === place))?.name ?? parameter;
