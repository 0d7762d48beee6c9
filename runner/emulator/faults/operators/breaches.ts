/** Action → the breaches that its spec decides: what breaks the spec, and by which refusal the emulator reports it. */
import type { Action, ExpectedRefusal, Parameter, Place, Schema, Situation } from "../../../model/index.ts";
import { placesOf } from "../../../spec/places/places.ts";
import { breachName, ruleId } from "../../../spec/rules.ts";
import { familyOfSituation } from "../../../spec/situation-family.ts";
import type { EmulatorRefusal } from "../../refusal.ts";
import { anchored, unanchored } from "../../text-length.ts";
import type { Fault } from "../fault.ts";
import { isSizeDecided, limits, limitValue } from "./limits.ts";

export interface DecidedBreach {
  readonly action: Action;
  /** The parameter in whose value it is; empty for other breaches. */
  readonly parameter: string;
  /** `GroupId`, `Tags.items`, `Tags[].Key`, the name of a cross-parameter rule, `call` or `situation`. */
  readonly place: string;
  /** The last segment of the rule's id. */
  readonly keyword: string;
  readonly refusal: ExpectedRefusal;
  /** The family of the cases that break it. */
  readonly family: string;
  readonly rule: string;
  readonly schema: Schema;
  /** A noun phrase for the breaking call, such as `an empty GroupId`. */
  readonly phrase: string;
  /** True for the refusal by which the emulator reports this breach. */
  readonly matches: (refusal: EmulatorRefusal) => boolean;
}

/** False where the spec forbids to send the parameter in a valid call. */
export const isSent = (p: Parameter): boolean => p.positiveValues?.values !== "never";

/** The place of a refusal, as in rule ids. */
export const placeOf = ({ place, parameter }: EmulatorRefusal): string => place ?? parameter;

/** The cases that break it. The rule of a type covers a list and its items, so the place decides between them. */
export const casesOf = ({ keyword, place, rule }: DecidedBreach): NonNullable<Fault["cases"]> =>
  keyword === "type" ? { place, rule } : { rule };

/** Level `may` leaves the outcome to the server, so nothing can be wrong about it. */
const isDecided = ({ level }: ExpectedRefusal): boolean => level !== "may";

export function decidedBreaches(action: Action): DecidedBreach[] {
  return [
    ...action.parameters.filter(isSent).flatMap((p) => parameterBreaches(action, p)),
    ...action.crossParameterRules.map(({ name, refusal }) =>
      toBreach(action, name, "input", "input", refusal, "missing-member", `a call that breaks the rule ${name}`),
    ),
    toBreach(action, "call", "unknown", "unknown", action.undeclaredMember, "unknown-member", "undeclared parameters"),
    ...action.situations.flatMap((s) => situationBreach(action, s)),
  ].filter(({ refusal }) => isDecided(refusal));
}

/** A family of cases that are refused; undefined where the documents decide no refusal. */
export function refusalFamily(actions: Iterable<Action>): string | undefined {
  const families = [...actions].flatMap(decidedBreaches).map(({ family }) => family);
  return families.includes("missing-member") ? "missing-member" : families[0];
}

const parameterBreaches = (action: Action, p: Parameter): DecidedBreach[] =>
  placesOf(p).flatMap((place) => breachesAt(action, p, place));

/** An item of another type is a breach of the rule of its list, unless the spec states a refusal of its own. */
const refusalsAt = (p: Parameter, { path, refusals }: Place): ReadonlyMap<string, ExpectedRefusal> => {
  const type = p.refusals.get("type");
  return path === "[]" && type ? new Map([["type", type], ...refusals]) : refusals;
};

const breachesAt = (action: Action, p: Parameter, place: Place): DecidedBreach[] =>
  [...refusalsAt(p, place)].flatMap(([breach, refusal]) => {
    const family = familyOf(action, p, place, breach);
    if (family === undefined) return [];
    const { schema } = place;
    const name = place.path === "[]" ? `an item of ${p.name}` : place.name;
    const keyword = breachName(schema, breach);
    const phrase = phrases[breach]?.(name) ?? limitPhrase(name, breach, limitValue(schema, breach));
    const base = toBreach(action, place.name, keyword, breach, refusal, family, phrase, schema);
    const isOfList = breach === "type" && place.path === "[]";
    return [{ ...base, parameter: p.name, ...(isOfList && { rule: ruleId(action, p.name, breach) }) }];
  });

const phrases: Readonly<Record<string, (name: string) => string>> = {
  absent: (name) => `a missing ${name}`,
  empty: (name) => `an empty value of ${name}`,
  "is-null": (name) => `null as ${name}`,
  type: (name) => `${name} of another type`,
  pattern: (name) => `forbidden characters in ${name}`,
  enum: (name) => `an undocumented value of ${name}`,
  unique: (name) => `a ${name} that is in use`,
  uniqueItems: (name) => `equal items in ${name}`,
  "x-uniqueBy": (name) => `items of ${name} that do not differ as they must`,
  unknown: (name) => `undeclared members of ${name}`,
  oneOf: (name) => `none or several of the members of ${name}`,
};

function limitPhrase(name: string, keyword: string, limit = 0): string {
  const { beyond = 1, unit = "" } = limits[keyword] ?? {};
  if (unit === "") return `${name} ${beyond > 0 ? "above" : "below"} ${limit}`;
  return `${name} of ${beyond > 0 ? "more" : "less"} than ${limit} ${unit}`;
}

/** The family whose cases commit the breach; undefined where none can. */
function familyOf(action: Action, p: Parameter, place: Place, breach: string): string | undefined {
  const { path, schema } = place;
  const isMandatory = place.required;
  if (breach === "absent") return isMandatory ? "missing-member" : undefined;
  if (breach === "unknown") return "unknown-member";
  // A server that accepts null for an optional name may create a resource under a name that is not known.
  if (breach === "is-null") return isMandatory || isNullSent(action, p, path) ? "missing-member" : undefined;
  if (breach === "empty") {
    if (isMandatory) return schema.type === "string" || schema.type === "array" ? "missing-member" : undefined;
    return isLimitedText(schema) && (schema.minLength ?? 1) === 1 ? "boundary" : undefined;
  }
  if (breach === "type") return schema.type === undefined ? undefined : "wrong-type";
  if (breach === "pattern") return forbidsCharacters(p, place) ? "illegal-charset" : undefined;
  if (breach === "oneOf") return "missing-member";
  if (breach === "x-uniqueBy") return "duplicate";
  if (path === "[]" && limits[breach] === undefined) return undefined;
  if (breach === "enum") return schema.enum ? "enum" : undefined;
  if (breach === "unique") return action.creates ? "duplicate" : undefined;
  if (breach === "uniqueItems") return "duplicate";
  return canExceed(action, p, place, breach) ? "boundary" : undefined;
}

/** Of optional values, null is sent for parameters and for members of objects. */
const isNullSent = (action: Action, p: Parameter, path: string): boolean =>
  isAnonymous(action, p) && (path === "" || /\.[^.[{]+$/.test(path));

const isAnonymous = (action: Action, p: Parameter): boolean =>
  !action.given.has(p.name) && p.uniqueWithin === undefined;

const isLimitedText = (schema: Schema): boolean =>
  schema.type === "string" &&
  schema.enum === undefined &&
  (schema.maxLength !== undefined || schema["x-maxBytes"] !== undefined);

/** Some of these stand for the characters that a pattern may forbid. */
const SPECIAL_CHARACTERS = [..."!\u0001 \n*\u{1f600}"];

function forbidsCharacters(p: Parameter, { schema: { type, pattern }, conflicts }: Place): boolean {
  if (type !== "string" || pattern === undefined) return false;
  const test = p.anchored ? anchored(pattern) : unanchored(pattern);
  const isDisputed = (char: string) => conflicts.some(({ chars }) => chars !== undefined && anchored(chars).test(char));
  return SPECIAL_CHARACTERS.some((char) => !test.test(`a${char}`) && !isDisputed(char));
}

/** True where a value just beyond the limit can be sent and no conflict covers it. */
function canExceed(action: Action, p: Parameter, place: Place, keyword: string): boolean {
  const limit = limitValue(place.schema, keyword);
  const size = limit === undefined ? undefined : limit + (limits[keyword]?.beyond ?? 0);
  // A text or list below a minimum of 1 is empty, which has a breach of its own. An object has none.
  const smallest = keyword === "minProperties" ? 0 : limits[keyword]?.unit === "" ? Number.NEGATIVE_INFINITY : 1;
  if (size === undefined || size < smallest || !hasMemberCount(place.schema, keyword, size)) return false;
  return (place.path !== "" || isListFillable(action, p, keyword)) && isSizeDecided(p, place, keyword, size);
}

/** An object that declares its members cannot have more of them, nor fewer than it requires. */
const hasMemberCount = ({ properties, required = [] }: Schema, keyword: string, count: number): boolean =>
  !keyword.endsWith("Properties") ||
  properties === undefined ||
  (count >= required.length && count <= Object.keys(properties).length);

/** A list of resources can only be filled up to a limit where the spec states with which ones. */
export const isListFillable = (action: Action, p: Parameter, keyword: string): boolean =>
  !keyword.endsWith("Items") || !action.given.has(p.name) || p.fillWith !== undefined;

function toBreach(
  action: Action,
  place: string,
  keyword: string,
  breach: string,
  refusal: ExpectedRefusal,
  family: string,
  phrase: string,
  schema: Schema = {},
): DecidedBreach {
  const matches = (r: EmulatorRefusal) =>
    breach === "unique"
      ? r.stage === "state" && refusal.codes.includes(r.code)
      : r.breach === breach && ((place === "call" && r.place === undefined) || placeOf(r) === place);
  return {
    action,
    parameter: "",
    place,
    keyword,
    refusal,
    family,
    phrase,
    schema,
    matches,
    rule: ruleId(action, place, keyword),
  };
}

function situationBreach(action: Action, s: Situation): DecidedBreach[] {
  if (!s.refused) return [];
  const { codes } = s.refused;
  return [
    {
      ...toBreach(
        action,
        "situation",
        s.name,
        s.name,
        s.refused,
        familyOfSituation(action, s),
        `a call in the situation ${s.name}`,
      ),
      matches: (r) => r.stage === "state" && codes.includes(r.code),
    },
  ];
}
