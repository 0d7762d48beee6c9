/** Checks which members are present: no undeclared one, every required one, none empty or null where that is not allowed. */
import type { Action, Json, Place } from "../../model/index.ts";
import { placesOf } from "../../spec/places/places.ts";
import { isLaterMember, type LeniencyId } from "../leniencies.ts";
import type { EmulatorRefusal, RefusalDetails } from "../refusal.ts";
import { refuse, refuseBreach, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { placedValues } from "./places.ts";

const declaredNames = new WeakMap<Action, ReadonlySet<string>>();

function namesOf(action: Action): ReadonlySet<string> {
  const names = declaredNames.get(action) ?? new Set(action.parameters.map((p) => p.name));
  declaredNames.set(action, names);
  return names;
}

export function checkUndeclared(context: RequestContext): EmulatorRefusal | undefined {
  const { action, members, codes } = context;
  if (!action) return undefined;
  const names = namesOf(action);
  for (const parameter in members) {
    if (names.has(parameter) || isLaterMember(context.emulator.leniencies, action.id, parameter)) continue;
    const refusal = refuseBreach(context, action.undeclaredMember, codes.unknown, {
      parameter,
      breach: "unknown",
      value: members[parameter],
    });
    if (refusal) return refusal;
  }
  return undeclaredInside(context) ?? checkUndeclaredClient(context);
}

function* placesWith(context: RequestContext, breach: string) {
  for (const parameter of context.action?.parameters ?? [])
    for (const place of placesOf(parameter).filter(({ refusals }) => refusals.has(breach)))
      for (const placed of placedValues(parameter.name, context.members[parameter.name], place.path))
        yield { place, ...placed };
}

/** Members of objects inside a parameter that their schema does not declare, where the spec has a refusal for them. */
function undeclaredInside(context: RequestContext): EmulatorRefusal | undefined {
  for (const { place, at, value } of placesWith(context, "unknown")) {
    const declared = Object.keys(place.schema.properties ?? {});
    const members = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
    for (const name of Object.keys(members)) {
      if (declared.includes(name)) continue;
      const details = { parameter: `${at}.${name}`, place: place.name, breach: "unknown", value: members[name] };
      const refusal = refuseBreach(context, place.refusals.get("unknown"), context.codes.unknown, details);
      if (refusal) return refusal;
    }
  }
  return undefined;
}

/** What no page names and clients send with every call; a lenient emulator counts it. */
export const checkUndeclaredClient = (context: RequestContext): EmulatorRefusal | undefined =>
  undeclaredClient(context) ?? undeclaredHeader(context);

/** Every client of signature version 1 sends the parameter RequestClient, which no documentation page names. */
function undeclaredClient(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, received, family, codes } = context;
  const value = received?.common.get("RequestClient");
  if (family !== "tencent-cloud" || value === undefined || emulator.leniencies.use("request-client")) return undefined;
  return refuse(context, codes.unknown, { parameter: "RequestClient", breach: "unknown", value });
}

/** Headers that clients send although no documentation page names them; any other one is taken for the id of a trace. */
const clientHeaders: Readonly<Record<string, LeniencyId>> = {
  "x-tc-requestclient": "request-client",
  "x-tc-content-sha256": "unsigned-payload",
};

/** Headers with the gateway's prefix that no documentation page names. */
function undeclaredHeader(context: RequestContext): EmulatorRefusal | undefined {
  const { emulator, request, commonParameters, family, codes } = context;
  if (family !== "tencent-cloud") return undefined;
  for (const [parameter, value] of request.headers) {
    const name = parameter.toLowerCase();
    if (!name.startsWith("x-tc-") || commonParameters.some((c) => c.name.toLowerCase() === name)) continue;
    if (!emulator.leniencies.use(clientHeaders[name] ?? "trace-id"))
      return refuse(context, codes.unknown, { parameter, breach: "unknown", value });
  }
  return undefined;
}

export function checkRequired(context: RequestContext): EmulatorRefusal | undefined {
  for (const parameter of context.behaviour.parameterOrder(context.action?.parameters ?? [], context)) {
    const value = context.members[parameter.name];
    const refusal = checkPresence(context, parameter, value, { parameter: parameter.name });
    if (refusal) return refusal;
    for (const place of parameter.places) {
      for (const { at, value: inner } of placedValues(parameter.name, value, place.path)) {
        const nested = checkPresence(context, place, inner, { parameter: at, place: place.name });
        if (nested) return nested;
      }
    }
  }
  return undefined;
}

function checkPresence(
  context: RequestContext,
  rules: Pick<Place, "required" | "refusals" | "schema">,
  value: Json | undefined,
  location: RefusalDetails,
): EmulatorRefusal | undefined {
  const breach = presenceBreach(rules, value);
  if (!breach && value === null && !isNullable(rules)) {
    const refusal = refuseUndocumented(context, { ...location, breach: "is-null", value });
    if (refusal) return refusal;
  }
  if (!breach) return undefined;
  return refuseBreach(context, rules.refusals.get(breach), context.codes.absent, { ...location, breach, value });
}

/** Null for an optional parameter counts as absent, unless the spec has a refusal for it. */
function presenceBreach(
  { required, refusals, schema }: Pick<Place, "required" | "refusals" | "schema">,
  value: Json | undefined,
): string | undefined {
  if (value === undefined) return required ? "absent" : undefined;
  if (value === null) {
    return !isNullable({ schema }) && (required || refusals.has("is-null")) ? "is-null" : undefined;
  }
  return isEmpty(value) && refusals.has("empty") ? "empty" : undefined;
}

const isNullable = ({ schema }: Pick<Place, "schema">): boolean => [schema.type].flat().includes("null" as never);

export const isEmpty = (value: Json): boolean => value === "" || (Array.isArray(value) && value.length === 0);
