/** A value → the conflicts of its parameter that cover it, and the unit of its length where that decides. */
import type { Json, Parameter, Schema, SpecConflict } from "../model/index.ts";
import { itemSchema } from "../spec/rules.ts";
import { compilePattern, conflictKey } from "../values/pattern.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";

const within = (range: readonly [number, number] | undefined, n: number): boolean =>
  range !== undefined && n >= range[0] && n <= range[1];

export function conflictsOf(parameter: Parameter, value: Json): SpecConflict[] {
  const declared = parameter.conflicts.filter((c) => {
    if (c.constraint.startsWith("items.")) return Array.isArray(value) && value.some((item) => covers(c, item));
    return covers(c, value);
  });
  const items = itemSchema(parameter);
  const ofUnit = [
    unitConflictOf(parameter, parameter.schema, false, value),
    ...(items && Array.isArray(value) ? value.map((item) => unitConflictOf(parameter, items, true, item)) : []),
  ];
  return [...declared, ...ofUnit.filter((c) => c !== undefined)];
}

const unitConflictOf = (p: Parameter, schema: Schema, inItems: boolean, value: Json): SpecConflict | undefined =>
  typeof value === "string" ? unitConflict(p, schema, inItems, codePointLength(value), value.length) : undefined;

/**
 * Set where a limit in characters holds in one unit and is broken in the other: no page states whether a character outside
 * the BMP counts as one (code points) or as two (UTF-16 units).
 */
export function unitConflict(
  { source }: Parameter,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema,
  inItems: boolean,
  codePoints: number,
  utf16Units: number,
): SpecConflict | undefined {
  const isLongInOneUnit = codePoints <= maxLength && utf16Units > maxLength;
  if (!isLongInOneUnit && !(codePoints < minLength && utf16Units >= minLength)) return undefined;
  return {
    constraint: conflictKey(inItems, isLongInOneUnit ? "maxLength" : "minLength"),
    description: "the page does not state whether a character outside the BMP counts as one or as two",
    source,
  };
}

/** The codes of the breach that one interpretation sees in the disputed value. */
export function codesOfConflict(p: Parameter, { constraint }: SpecConflict): readonly string[] {
  const inItems = constraint.startsWith("items.");
  const breach = inItems ? constraint.slice("items.".length) : constraint;
  return (inItems ? p.itemRefusals : p.refusals).get(breach)?.codes ?? [];
}

function covers(c: SpecConflict, value: Json): boolean {
  if (Array.isArray(value)) return within(c.items, value.length);
  if (typeof value !== "string") return false;
  if (c.chars !== undefined) return [...value].some((char) => compilePattern(c.chars ?? "").test(char));
  return within(c.length, codePointLength(value)) || within(c.bytes, utf8Length(value));
}
