/** Action → the breaches that the gateway refuses before the action runs, by binding: of each common parameter, and of the request as a whole. */
import type { Action, CommonParameter, ExpectedRefusal, Json } from "../model/index.ts";

export interface GatewayBreach {
  readonly binding: string;
  readonly family: "protocol" | "signature";
  /** The documented name of a common parameter, or `request`; a segment of the rule's id. */
  readonly place: string;
  /** A schema keyword such as `maximum`, or a name such as `absent`, `size`, `scope-date`. */
  readonly breach: string;
  /** The value of the keyword, or for `size` the limit in bytes; else null. */
  readonly value: Json;
  readonly refusal: ExpectedRefusal;
  /** Absent where the breach is one of the request as a whole. */
  readonly common?: CommonParameter;
}

/** All actions of a service share one gateway: the ping is tested over every binding, any other action over the main one. */
const testedBindings = (action: Action): readonly string[] =>
  isPing(action) ? action.service.bindings : action.service.bindings.slice(0, 1);

export const isPing = (action: Action): boolean => action.service.ping?.call === action.name;

const breachesByAction = new WeakMap<Action, readonly GatewayBreach[]>();

/** Cached, because several families read them. */
export function gatewayBreaches(action: Action): readonly GatewayBreach[] {
  const breaches =
    breachesByAction.get(action) ??
    testedBindings(action)
      .flatMap((b) => [...parameterBreaches(action, b), ...requestBreaches(action, b)])
      .concat(changingBreaches(action));
  breachesByAction.set(action, breaches);
  return breaches;
}

/** A server may verify reading calls only, so that an action that changes something has one wrong signature over every binding. */
const changingBreaches = (action: Action): GatewayBreach[] =>
  isPing(action) || !action.mutating
    ? []
    : action.service.bindings
        .slice(1)
        .flatMap((binding) => requestBreaches(action, binding).filter(({ breach }) => breach === "key"));

/** Parameters that contain only the signature. */
const signatureParameters = new Set(["Authorization", "Signature", "SignatureMethod", "usersig"]);
/** Parameters that name the caller: an unknown value of one is a signature breach. */
const callerParameters = new Set(["SecretId", "Token", "X-Amz-Security-Token", "identifier", "sdkappid"]);

/** Parameters that choose the region or app in which a lenient server runs the call. */
const locationParameters = new Set(["Region", "sdkappid"]);

/** A resource that a lenient server creates in another region or app would not be found by the clean-up. */
const wouldEscapeCleanup = ({ creates }: Action, place: string, breach: string): boolean =>
  breach === "unknown" && locationParameters.has(place) && creates !== undefined;

function parameterBreaches(action: Action, binding: string): GatewayBreach[] {
  return (action.service.envelope.common.get(binding) ?? []).flatMap((common) => {
    const place = common.asDocumented.name;
    const relevant = [...common.refusals].filter(([breach]) => !wouldEscapeCleanup(action, place, breach));
    return relevant.map(([breach, refusal]): GatewayBreach => {
      const isSignatureBreach =
        signatureParameters.has(common.name) ||
        breach === "x-window" ||
        (breach === "unknown" && callerParameters.has(place));
      const value = (common.schema as Record<string, Json>)[breach] ?? null;
      return { binding, family: isSignatureBreach ? "signature" : "protocol", place, breach, value, refusal, common };
    });
  });
}

const signatureBreachPattern = /^(?:key|altered|unsigned|scope-.+)$/;
/** Breaches whose request a server may take for a call without members. */
const emptyCallBreaches = new Set(["empty-body", "not-an-object", "nesting"]);

function requestBreaches(action: Action, binding: string): GatewayBreach[] {
  const rules = action.service.envelope.gatewayRules.get(binding);
  const requiresMembers = action.parameters.some((p) => p.required) || action.crossParameterRules.length > 0;
  return [...(rules?.refusals ?? [])]
    .filter(([breach]) => breach !== "size" || (isPing(action) && rules?.maxBytes !== undefined))
    .map(([breach, refusal]) => ({
      binding,
      family: signatureBreachPattern.test(breach) ? "signature" : "protocol",
      place: "request",
      breach,
      value: breach === "size" ? (rules?.maxBytes ?? null) : null,
      refusal:
        emptyCallBreaches.has(breach) && !requiresMembers && refusal.level !== "may"
          ? asUndocumented(refusal)
          : refusal,
    }));
}

const asUndocumented = ({ source }: ExpectedRefusal): ExpectedRefusal => ({
  codes: [],
  level: "may",
  rationale: "the call needs no members, so a server may treat a body that is not an object as a call without members",
  source,
});
