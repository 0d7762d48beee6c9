/** A value → the constraints of its parameter that it breaks. A constraint over which the documents disagree for this value is not broken. */
import type { Json, Parameter, Schema, SpecConflict } from "../model/index.ts";
import { itemSchema } from "../spec/rules.ts";
import { conflictKey, isDisputedCharacter, matches } from "../values/pattern.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";

export interface Breach {
  /** Its key in `refusals`, such as `pattern`, `maxLength`, `empty`. */
  readonly breach: string;
  /** Index of the item in the list; absent for the parameter itself. */
  readonly item?: number;
  /** Completes a sentence that begins with the value, such as `has 65 bytes, but x-maxBytes is 64`. */
  readonly problem: string;
}

export function breachesOf(p: Parameter, value: Json): Breach[] {
  const items = itemSchema(p);
  const listItems = items && Array.isArray(value) ? value : [];
  return [
    ...constraintBreaches({ p, schema: p.schema, inItems: false }, value),
    ...listItems.flatMap((itemValue, item) =>
      constraintBreaches({ p, schema: items ?? {}, inItems: true }, itemValue).map((breach) => ({ ...breach, item })),
    ),
  ];
}

/** The schema under test: that of a parameter, or of the items of its list. */
interface CheckedSchema {
  readonly p: Parameter;
  readonly schema: Schema;
  readonly inItems: boolean;
}

function constraintBreaches(checked: CheckedSchema, value: Json): Breach[] {
  // A refusal of the empty value takes precedence over those of minLength and pattern.
  if (value === "" && refusalsOf(checked).has("empty")) return [{ breach: "empty", problem: "is empty" }];
  if (typeof value === "string")
    return [...lengthBreaches(checked, value), ...patternBreaches(checked, value), ...enumBreaches(checked, value)];
  if (typeof value === "number") return [...rangeBreaches(checked, value), ...enumBreaches(checked, value)];
  return Array.isArray(value) ? listBreaches(checked, value) : [];
}

const refusalsOf = ({ p, inItems }: CheckedSchema): Parameter["refusals"] => (inItems ? p.itemRefusals : p.refusals);

type Range = "length" | "bytes" | "items";

/** True where a conflict over this constraint covers `n`. */
const isDisputedRange = (checked: CheckedSchema, keyword: string, range: Range, n: number): boolean =>
  checked.p.conflicts.some((c: SpecConflict) => {
    const disputed = c[range];
    return (
      c.constraint === conflictKey(checked.inItems, keyword) &&
      disputed !== undefined &&
      n >= disputed[0] &&
      n <= disputed[1]
    );
  });

function limitBreaches(
  checked: CheckedSchema,
  n: number,
  range: Range,
  unit: string,
  minKey: string,
  maxKey: string,
  /** The same length in the unit that counts most; differs from `n` where no page states the unit. */
  most = n,
): Breach[] {
  const keywords = checked.schema as Readonly<Record<string, number | undefined>>;
  const min = keywords[minKey];
  const max = keywords[maxKey];
  if (min !== undefined && most < min && !isDisputedRange(checked, minKey, range, n))
    return [{ breach: min === 1 ? "empty" : minKey, problem: `has ${n} ${unit}, but ${minKey} is ${min}` }];
  if (max !== undefined && n > max && !isDisputedRange(checked, maxKey, range, n))
    return [{ breach: maxKey, problem: `has ${n} ${unit}, but ${maxKey} is ${max}` }];
  return [];
}

const lengthBreaches = (checked: CheckedSchema, text: string): Breach[] => [
  ...limitBreaches(checked, codePointLength(text), "length", "characters", "minLength", "maxLength", text.length),
  ...limitBreaches(checked, utf8Length(text), "bytes", "bytes", "x-minBytes", "x-maxBytes"),
];

/**
 * Where the text without its forbidden characters matches, each of them is a breach unless a conflict covers it. Otherwise
 * the text as a whole is the breach, unless a conflict covers some forbidden character.
 */
function patternBreaches(checked: CheckedSchema, text: string): Breach[] {
  const { schema, p } = checked;
  if (matches(schema, p.anchored, text)) return [];
  const forbidden = [...new Set(text)].filter((char) => !matches(schema, p.anchored, char));
  const isByCharacter = forbidden.length > 0 && matches(schema, p.anchored, without(text, forbidden));
  const key = conflictKey(checked.inItems, "pattern");
  const undisputed = forbidden.filter((char) => !isDisputedCharacter(p.conflicts, key, char));
  if (isByCharacter ? undisputed.length === 0 : undisputed.length < forbidden.length) return [];
  const problem = isByCharacter
    ? `contains ${undisputed.map((char) => JSON.stringify(char)).join(", ")}, which the pattern forbids`
    : "does not match the pattern";
  return [{ breach: "pattern", problem }];
}

const without = (text: string, forbidden: readonly string[]): string =>
  [...text].filter((char) => !forbidden.includes(char)).join("");

function enumBreaches({ schema }: CheckedSchema, value: Json): Breach[] {
  const { enum: documented } = schema;
  const { const: constant } = schema as { const?: Json };
  if (documented && !documented.includes(value))
    return [{ breach: "enum", problem: `is not one of ${documented.map((v) => JSON.stringify(v)).join(", ")}` }];
  return constant !== undefined && constant !== value
    ? [{ breach: "const", problem: `is not ${JSON.stringify(constant)}` }]
    : [];
}

function rangeBreaches({ schema }: CheckedSchema, n: number): Breach[] {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && n < minimum)
    return [{ breach: "minimum", problem: `is ${n}, but minimum is ${minimum}` }];
  return maximum !== undefined && n > maximum
    ? [{ breach: "maximum", problem: `is ${n}, but maximum is ${maximum}` }]
    : [];
}

function listBreaches(checked: CheckedSchema, items: readonly Json[]): Breach[] {
  const { uniqueItems } = checked.schema as { uniqueItems?: boolean };
  const distinct = new Set(items.map((item) => JSON.stringify(item)));
  return [
    ...limitBreaches(checked, items.length, "items", "items", "minItems", "maxItems"),
    ...(uniqueItems && distinct.size < items.length ? [{ breach: "uniqueItems", problem: "has an item twice" }] : []),
  ];
}
