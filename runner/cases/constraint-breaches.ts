/** A value → the constraints of its parameter that it breaks, at any depth. A constraint over which the documents disagree for this value is not broken. */
import type { Json, Parameter, Place, SpecConflict } from "../model/index.ts";
import { conflictKeyword, placesOf } from "../spec/places/places.ts";
import { isDisputedCharacter, matches } from "../values/pattern.ts";
import { hasDistinctMembers } from "../values/satisfies.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";
import { valuesAt } from "./places/edits.ts";

export interface Breach {
  /** Its key in `refusals`, such as `pattern`, `maxLength`, `empty`. */
  readonly breach: string;
  readonly place: Place;
  /** Names and indices from the parameter to the value. */
  readonly steps: readonly (string | number)[];
  /** Completes a sentence that begins with the value, such as `has 65 bytes, but x-maxBytes is 64`. */
  readonly problem: string;
}

/** The rules of one value. */
interface CheckedPlace {
  readonly place: Place;
  readonly anchored: boolean;
}

type Problem = Pick<Breach, "breach" | "problem">;

export const breachesOf = (p: Parameter, value: Json): Breach[] =>
  placesOf(p).flatMap((place) =>
    [...valuesAt(value, place.path)].flatMap(({ value: inner, steps }) =>
      constraintBreaches({ place, anchored: p.anchored }, inner).map((b) => ({ ...b, place, steps })),
    ),
  );

/** Those of the value itself, without what is inside. */
export function constraintBreaches(checked: CheckedPlace, value: Json): Problem[] {
  // A refusal of the empty value takes precedence over those of minLength and pattern.
  if (value === "" && checked.place.refusals.has("empty")) return [{ breach: "empty", problem: "is empty" }];
  if (typeof value === "string")
    return [...lengthBreaches(checked, value), ...patternBreaches(checked, value), ...enumBreaches(checked, value)];
  if (typeof value === "number") return [...rangeBreaches(checked, value), ...enumBreaches(checked, value)];
  if (Array.isArray(value)) return listBreaches(checked, value);
  return typeof value === "object" && value !== null ? objectBreaches(checked, value) : [];
}

type Range = "length" | "bytes" | "items";

/** True where a conflict over this constraint covers `n`. */
const isDisputedRange = ({ place }: CheckedPlace, keyword: string, range: Range, n: number): boolean =>
  place.conflicts.some((c: SpecConflict) => {
    const disputed = c[range];
    return conflictKeyword(c) === keyword && disputed !== undefined && n >= disputed[0] && n <= disputed[1];
  });

function limitBreaches(
  checked: CheckedPlace,
  n: number,
  range: Range,
  unit: string,
  minKey: string,
  maxKey: string,
  /** The same length in the unit that counts most; differs from `n` where no page states the unit. */
  most = n,
): Problem[] {
  const keywords = checked.place.schema as Readonly<Record<string, number | undefined>>;
  const min = keywords[minKey];
  const max = keywords[maxKey];
  if (min !== undefined && most < min && !isDisputedRange(checked, minKey, range, n))
    return [{ breach: min === 1 ? "empty" : minKey, problem: `has ${n} ${unit}, but ${minKey} is ${min}` }];
  if (max !== undefined && n > max && !isDisputedRange(checked, maxKey, range, n))
    return [{ breach: maxKey, problem: `has ${n} ${unit}, but ${maxKey} is ${max}` }];
  return [];
}

const lengthBreaches = (checked: CheckedPlace, text: string): Problem[] => [
  ...limitBreaches(checked, codePointLength(text), "length", "characters", "minLength", "maxLength", text.length),
  ...limitBreaches(checked, utf8Length(text), "bytes", "bytes", "x-minBytes", "x-maxBytes"),
];

/**
 * Where the text without its forbidden characters matches, each of them is a breach unless a conflict covers it. Otherwise
 * the text as a whole is the breach, unless a conflict covers some forbidden character.
 */
function patternBreaches({ place: { schema, conflicts }, anchored }: CheckedPlace, text: string): Problem[] {
  if (matches(schema, anchored, text)) return [];
  const forbidden = [...new Set(text)].filter((char) => !matches(schema, anchored, char));
  const isByCharacter = forbidden.length > 0 && matches(schema, anchored, without(text, forbidden));
  const undisputed = forbidden.filter((char) => !isDisputedCharacter(conflicts, char));
  if (isByCharacter ? undisputed.length === 0 : undisputed.length < forbidden.length) return [];
  const problem = isByCharacter
    ? `contains ${undisputed.map((char) => JSON.stringify(char)).join(", ")}, which the pattern forbids`
    : "does not match the pattern";
  return [{ breach: "pattern", problem }];
}

const without = (text: string, forbidden: readonly string[]): string =>
  [...text].filter((char) => !forbidden.includes(char)).join("");

function enumBreaches({ place: { schema } }: CheckedPlace, value: Json): Problem[] {
  const { enum: documented } = schema;
  const { const: constant } = schema as { const?: Json };
  if (documented && !documented.includes(value))
    return [{ breach: "enum", problem: `is not one of ${documented.map((v) => JSON.stringify(v)).join(", ")}` }];
  return constant !== undefined && constant !== value
    ? [{ breach: "const", problem: `is not ${JSON.stringify(constant)}` }]
    : [];
}

function rangeBreaches({ place }: CheckedPlace, n: number): Problem[] {
  const { minimum, maximum } = place.schema;
  if (minimum !== undefined && n < minimum)
    return [{ breach: "minimum", problem: `is ${n}, but minimum is ${minimum}` }];
  return maximum !== undefined && n > maximum
    ? [{ breach: "maximum", problem: `is ${n}, but maximum is ${maximum}` }]
    : [];
}

function listBreaches(checked: CheckedPlace, items: readonly Json[]): Problem[] {
  const { uniqueItems, "x-uniqueBy": key } = checked.place.schema as { uniqueItems?: boolean; "x-uniqueBy"?: string };
  const distinct = new Set(items.map((item) => JSON.stringify(item)));
  return [
    ...limitBreaches(checked, items.length, "items", "items", "minItems", "maxItems"),
    ...(uniqueItems && distinct.size < items.length ? [{ breach: "uniqueItems", problem: "has an item twice" }] : []),
    ...(key !== undefined && !hasDistinctMembers(items, key)
      ? [{ breach: "x-uniqueBy", problem: `has two items with the same ${key}` }]
      : []),
  ];
}

/** `minProperties: 1` is a rule of its own: an object has no empty value. */
function objectBreaches({ place }: CheckedPlace, value: { readonly [name: string]: Json }): Problem[] {
  const { minProperties: min, maxProperties: max } = place.schema;
  const n = Object.keys(value).length;
  if (min !== undefined && n < min)
    return [{ breach: "minProperties", problem: `has ${n} members, but minProperties is ${min}` }];
  return max !== undefined && n > max
    ? [{ breach: "maxProperties", problem: `has ${n} members, but maxProperties is ${max}` }]
    : [];
}
