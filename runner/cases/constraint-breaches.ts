/** A value → the constraints of its parameter that it breaks on every reading: what a conflict covers is none. */
import type { Json, Parameter, Schema, SpecConflict } from "../model/index.ts";
import { itemSchema } from "../spec/rules.ts";
import { conflictKey, isDisputedCharacter, matches } from "../values/pattern.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";

export interface Breach {
  /** As refusals name it: `pattern`, `maxLength`, `empty`, … */
  readonly breach: string;
  /** The item of a list; absent for the parameter itself. */
  readonly item?: number;
  /** What is wrong with the value, in words that follow it. */
  readonly problem: string;
}

export function breachesOf(p: Parameter, value: Json): Breach[] {
  const items = itemSchema(p);
  const listItems = items && Array.isArray(value) ? value : [];
  return [
    ...constraintBreaches({ p, schema: p.schema, inItems: false }, value),
    ...listItems.flatMap((one, item) =>
      constraintBreaches({ p, schema: items ?? {}, inItems: true }, one).map((breach) => ({ ...breach, item })),
    ),
  ];
}

interface At {
  readonly p: Parameter;
  readonly schema: Schema;
  readonly inItems: boolean;
}

function constraintBreaches(at: At, value: Json): Breach[] {
  // An entry for it is judged before any keyword.
  if (value === "" && refusalsAt(at).has("empty")) return [{ breach: "empty", problem: "is empty" }];
  if (typeof value === "string") return [...lengthBreaches(at, value), ...patternBreaches(at, value), ...enumBreaches(at, value)];
  if (typeof value === "number") return [...rangeBreaches(at, value), ...enumBreaches(at, value)];
  return Array.isArray(value) ? listBreaches(at, value) : [];
}

const refusalsAt = ({ p, inItems }: At): Parameter["refusals"] => (inItems ? p.itemRefusals : p.refusals);

type Range = "length" | "bytes" | "items";

/** Whether a conflict over this constraint takes in a measure. */
const isDisputedRange = (at: At, keyword: string, range: Range, n: number): boolean =>
  at.p.conflicts.some((c: SpecConflict) => {
    const within = c[range];
    return (
      c.constraint === conflictKey(at.inItems, keyword) && within !== undefined && n >= within[0] && n <= within[1]
    );
  });

function limitBreaches(at: At, n: number, range: Range, what: string, least: string, most: string): Breach[] {
  const limit = at.schema as Readonly<Record<string, number | undefined>>;
  const low = limit[least];
  const high = limit[most];
  if (low !== undefined && n < low && !isDisputedRange(at, least, range, n))
    return [{ breach: low === 1 ? "empty" : least, problem: `has ${n} ${what}, and ${least} is ${low}` }];
  if (high !== undefined && n > high && !isDisputedRange(at, most, range, n))
    return [{ breach: most, problem: `has ${n} ${what}, and ${most} is ${high}` }];
  return [];
}

const lengthBreaches = (at: At, text: string): Breach[] => [
  ...limitBreaches(at, codePointLength(text), "length", "characters", "minLength", "maxLength"),
  ...limitBreaches(at, utf8Length(text), "bytes", "bytes", "x-minBytes", "x-maxBytes"),
];

/** Each character that the pattern forbids needs a conflict of its own; where it is not about single ones, the value does. */
function patternBreaches(at: At, text: string): Breach[] {
  const { schema, p } = at;
  if (matches(schema, p.anchored, text)) return [];
  const forbidden = [...new Set(text)].filter((char) => !matches(schema, p.anchored, char));
  const single = forbidden.length > 0 && matches(schema, p.anchored, without(text, forbidden));
  const key = conflictKey(at.inItems, "pattern");
  const undisputed = forbidden.filter((char) => !isDisputedCharacter(p.conflicts, key, char));
  if (single ? undisputed.length === 0 : undisputed.length < forbidden.length) return [];
  const subject = single ? `holds ${undisputed.map((char) => JSON.stringify(char)).join(", ")}, which` : "is none that";
  return [{ breach: "pattern", problem: `${subject} the pattern ${single ? "forbids" : "allows"}` }];
}

const without = (text: string, forbidden: readonly string[]): string =>
  [...text].filter((char) => !forbidden.includes(char)).join("");

function enumBreaches({ schema }: At, value: Json): Breach[] {
  const { enum: documented } = schema;
  const { const: only } = schema as { const?: Json };
  if (documented && !documented.includes(value))
    return [{ breach: "enum", problem: `is none of ${documented.map((v) => JSON.stringify(v)).join(", ")}` }];
  return only !== undefined && only !== value ? [{ breach: "const", problem: `is not ${JSON.stringify(only)}` }] : [];
}

function rangeBreaches({ schema }: At, n: number): Breach[] {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && n < minimum) return [{ breach: "minimum", problem: `is ${n}, and minimum is ${minimum}` }];
  return maximum !== undefined && n > maximum
    ? [{ breach: "maximum", problem: `is ${n}, and maximum is ${maximum}` }]
    : [];
}

function listBreaches(at: At, items: readonly Json[]): Breach[] {
  const { uniqueItems } = at.schema as { uniqueItems?: boolean };
  const distinct = new Set(items.map((item) => JSON.stringify(item)));
  return [
    ...limitBreaches(at, items.length, "items", "items", "minItems", "maxItems"),
    ...(uniqueItems && distinct.size < items.length ? [{ breach: "uniqueItems", says: "has an item twice" }] : []),
  ];
}
