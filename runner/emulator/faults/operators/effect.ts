/** undone: accepts a call without executing it. forgotten: executes it without one parameter. executed: executes a call that it refuses. */
import type { Action, CallMembers } from "../../../model/index.ts";
import type { RequestContext } from "../../request-context.ts";
import type { HandlerResult } from "../../services/handler.ts";
import { decidedBreaches } from "./breaches.ts";
import { type Operator, operatorFault } from "./operator.ts";

/** The actions for which the spec names a probe that verifies the effect of a success. What an update changed exists anyway. */
export const verifiedActions = (actions: ReadonlyMap<string, Action>): Action[] =>
  [...actions.values()].filter(
    ({ creates, effects }) => effects.success !== undefined && (creates || effects.success !== "exists"),
  );

export const undone: Operator = {
  id: "undone",
  *faultsOf({ actions }) {
    for (const { id, name } of verifiedActions(actions))
      yield operatorFault({
        operator: "undone",
        action: id,
        place: "call",
        keyword: "effect",
        description: `Answers ${name} with a success but does not execute it.`,
        family: "valid",
        detects: `state:${id}/undone`,
        execute: (_next, context) => runOnCopy(context),
      });
  },
};

/** The parameters that the probe compares with what was sent. One with a single valid value may have that by default. */
function verifiedParameters({ creates, effects, parameters }: Action): string[] {
  const listed = Object.values(creates?.probes.get(effects.success ?? "")?.expectListed ?? {});
  return parameters
    .filter(({ name }) => listed.includes(`input.${name}`) && creates?.id !== `input.${name}`)
    .filter(({ positiveValues }) => positiveValues?.values.length !== 1)
    .map(({ name }) => name);
}

export const forgotten: Operator = {
  id: "forgotten",
  *faultsOf({ actions }) {
    for (const action of verifiedActions(actions))
      for (const name of verifiedParameters(action))
        yield operatorFault({
          operator: "forgotten",
          action: action.id,
          place: name,
          keyword: "effect",
          description: `Does not store ${name}.`,
          family: "valid",
          detects: "check:effect",
          execute: (next, context) => {
            const { [name]: _, ...members } = context.members;
            context.members = members;
            return next();
          },
        });
  },
};

export const executed: Operator = {
  id: "executed",
  *faultsOf({ actions }) {
    for (const action of verifiedActions(actions).filter(({ effects }) => effects.refused === "unchanged"))
      for (const { place, keyword, family, rule, phrase, matches } of decidedBreaches(action)) {
        const isIndependent = place === "call" || action.parameters.some((p) => p.name === place && !p.required);
        if (!isIndependent || action.given.has(place) || keyword === "type") continue;
        yield operatorFault({
          operator: "executed",
          action: action.id,
          place,
          keyword,
          description: `Executes the call before it refuses ${phrase}.`,
          family,
          detects: "check:unchanged",
          cases: { rule },
          refusal: (refusal, context) => {
            if (matches(refusal)) runHandler(context, stateOf(context));
            return refusal;
          },
        });
      }
  },
};

const serviceOf = ({ action, emulator }: RequestContext) => emulator.serviceStates.get(action?.service.id ?? "");
const stateOf = (context: RequestContext): unknown => serviceOf(context)?.state;

/** The output of the action, whose effect is lost. */
export const runOnCopy = (context: RequestContext): HandlerResult =>
  runHandler(context, structuredClone(stateOf(context)));

/** Runs the action's handler on this state; its refusals are those of the emulator. */
function runHandler(context: RequestContext, state: unknown): HandlerResult {
  const service = serviceOf(context);
  const handler = service?.serviceEmulation.handlers[context.action?.name ?? ""];
  const refuseWith = () => undefined;
  return handler?.(state, context.members as CallMembers, {
    now: context.now,
    newId: service?.newId ?? (() => ""),
    refuse: refuseWith,
  });
}
