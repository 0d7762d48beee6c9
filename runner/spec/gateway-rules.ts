/** Action → what stands in front of it: each breach of a common parameter, and of the request as a whole, by binding. */
import type { Action, CommonParameter, ExpectedRefusal, Json } from "../model/index.ts";

export interface GatewayBreach {
  readonly binding: string;
  readonly family: "protocol" | "signature";
  /** The printed name of a common parameter, or `request`. */
  readonly place: string;
  readonly breach: string;
  /** The keyword's value, or the bytes of a size. */
  readonly value: Json;
  readonly refusal: ExpectedRefusal;
  /** Absent where it is about the request as a whole. */
  readonly common?: CommonParameter;
}

/** Every action is tried over its main binding, the one that pings over all of them: their front door is the same. */
const frontBindings = (action: Action): readonly string[] =>
  isPing(action) ? action.service.bindings : action.service.bindings.slice(0, 1);

const isPing = (action: Action): boolean => action.service.ping?.call === action.name;

const found = new WeakMap<Action, readonly GatewayBreach[]>();

/** Several families ask. */
export function gatewayBreaches(action: Action): readonly GatewayBreach[] {
  const known =
    found.get(action) ?? frontBindings(action).flatMap((b) => [...ofCommon(action, b), ...ofRequest(action, b)]);
  found.set(action, known);
  return known;
}

/** Nothing but the signature stands in them. */
const signatureParameters = new Set(["Authorization", "Signature", "SignatureMethod", "usersig"]);
/** Another name of these is another caller. */
const callerParameters = new Set(["SecretId", "Token", "X-Amz-Security-Token", "identifier", "sdkappid"]);

/** Whoever takes these as they come takes the call to another place. */
const locationParameters = new Set(["Region", "sdkappid"]);

/** What was made elsewhere would stand where no clean-up looks. */
const wouldEscapeCleanup = ({ name, service }: Action, place: string, breach: string): boolean =>
  breach === "unknown" &&
  locationParameters.has(place) &&
  [...service.resources.values()].some((r) => r.create === name);

function ofCommon(action: Action, binding: string): GatewayBreach[] {
  return (action.service.envelope.common.get(binding) ?? []).flatMap((common) => {
    const place = common.asDocumented.name;
    const told = [...common.refusals].filter(([breach]) => !wouldEscapeCleanup(action, place, breach));
    return told.map(([breach, refusal]): GatewayBreach => {
      const signs =
        signatureParameters.has(common.name) ||
        breach === "x-window" ||
        (breach === "unknown" && callerParameters.has(place));
      const value = (common.schema as Record<string, Json>)[breach] ?? null;
      return { binding, family: signs ? "signature" : "protocol", place, breach, value, refusal, common };
    });
  });
}

const ofSignature = /^(?:key|altered|unsigned|scope-.+)$/;
/** What may be read as a call without members. */
const emptyCallBreaches = new Set(["empty-body", "not-an-object", "nesting"]);

function ofRequest(action: Action, binding: string): GatewayBreach[] {
  const front = action.service.envelope.gatewayRules.get(binding);
  const needy = action.parameters.some((p) => p.required) || action.crossParameterRules.length > 0;
  return [...(front?.refusals ?? [])]
    .filter(([breach]) => breach !== "size" || (isPing(action) && front?.maxBytes !== undefined))
    .map(([breach, refusal]) => ({
      binding,
      family: ofSignature.test(breach) ? "signature" : "protocol",
      place: "request",
      breach,
      value: breach === "size" ? (front?.maxBytes ?? null) : null,
      refusal: emptyCallBreaches.has(breach) && !needy && refusal.level !== "may" ? asUndocumented(refusal) : refusal,
    }));
}

const asUndocumented = ({ source }: ExpectedRefusal): ExpectedRefusal => ({
  codes: [],
  level: "may",
  rationale: "the call needs no members, and what is no object may be read as none",
  source,
});
