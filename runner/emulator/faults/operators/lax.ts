/** lax: accepts a breach. one-beyond: accepts only the sizes next to the limit, which a check that is off by one accepts. */
import type { Json } from "../../../model/index.ts";
import { placesOf } from "../../../spec/places/places.ts";
import type { RequestContext } from "../../request-context.ts";
import type { Fault } from "../fault.ts";
import { casesOf, type DecidedBreach, decidedBreaches, placeOf } from "./breaches.ts";
import { limits, limitValue } from "./limits.ts";
import { type Operator, type OperatorFault, operatorFault } from "./operator.ts";

export const lax: Operator = {
  id: "lax",
  *faultsOf({ actions }) {
    for (const breach of [...actions.values()].flatMap(decidedBreaches))
      yield laxFault(breach, "lax", `Accepts ${breach.phrase}.`, () => true);
  },
};

export const oneBeyond: Operator = {
  id: "one-beyond",
  *faultsOf({ actions }) {
    for (const breach of [...actions.values()].flatMap(decidedBreaches)) {
      const limit = limits[breach.keyword];
      const value = limitValue(breach.schema, breach.keyword);
      if (!limit || value === undefined || (value === 1 && limit.beyond < 0 && limit.unit !== "")) continue;
      const size = value + limit.beyond;
      const description = `Accepts ${breach.place} of ${[size, limit.unit].join(" ").trim()}.`;
      yield laxFault(breach, "one-beyond", description, (sent) => sent !== undefined && limit.sizeOf(sent) === size);
    }
  },
};

function laxFault(
  breach: DecidedBreach,
  operator: string,
  description: string,
  isAccepted: (value: Json | undefined) => boolean,
): OperatorFault {
  const { action, place, keyword, family } = breach;
  return operatorFault({
    operator,
    action: action.id,
    place,
    keyword,
    description,
    family,
    detects: detectsOf(breach),
    cases: casesOf(breach),
    refusal: acceptWhole(breach, isAccepted),
  });
}

/** Accepts the breach, and the call as far as the breach makes other checks fail: those of the same parameter and of the state. */
function acceptWhole(
  { parameter, place, matches, action }: DecidedBreach,
  isAccepted: (value: Json | undefined) => boolean,
): NonNullable<Fault["refusal"]> {
  const accepted = new WeakSet<RequestContext>();
  const p = action.parameters.find(({ name }) => name === parameter);
  const places = p ? placesOf(p).map(({ name }) => name) : [place];
  return (refusal, context) => {
    if (matches(refusal) && isAccepted(refusal.value)) {
      accepted.add(context);
      return undefined;
    }
    const follows = refusal.stage === "state" || refusal.breach === "input" || places.includes(placeOf(refusal));
    return follows && accepted.has(context) ? undefined : refusal;
  };
}

function detectsOf({ action, place, keyword, family }: DecidedBreach): string {
  if (place !== "situation") return `keyword:${keyword}/lax`;
  return action.mutating ? `state:${action.id}/lax` : `family:${family}`;
}
