/** A value → the conflicts of its place that cover it, and the unit of its length where that decides. */
import type { Json, Place, SpecConflict } from "../model/index.ts";
import { conflictKeyword } from "../spec/places/places.ts";
import { compilePattern } from "../values/pattern.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";

const within = (range: readonly [number, number] | undefined, n: number): boolean =>
  range !== undefined && n >= range[0] && n <= range[1];

export function conflictsOf(place: Place, value: Json): SpecConflict[] {
  const ofUnit = typeof value === "string" ? unitConflict(place, codePointLength(value), value.length) : undefined;
  return [...place.conflicts.filter((c) => covers(c, value)), ...(ofUnit ? [ofUnit] : [])];
}

/**
 * Set where a limit in characters holds in one unit and is broken in the other: no page states whether a character outside
 * the BMP counts as one (code points) or as two (UTF-16 units).
 */
export function unitConflict(
  { schema: { minLength = 0, maxLength = Number.POSITIVE_INFINITY }, source }: Place,
  codePoints: number,
  utf16Units: number,
): SpecConflict | undefined {
  const isLongInOneUnit = codePoints <= maxLength && utf16Units > maxLength;
  if (!isLongInOneUnit && !(codePoints < minLength && utf16Units >= minLength)) return undefined;
  return {
    constraint: isLongInOneUnit ? "maxLength" : "minLength",
    description: "the page does not state whether a character outside the BMP counts as one or as two",
    source,
  };
}

/** The codes of the breach that one interpretation sees in the disputed value. */
export const codesOfConflict = ({ refusals }: Place, conflict: SpecConflict): readonly string[] =>
  refusals.get(conflictKeyword(conflict))?.codes ?? [];

function covers(c: SpecConflict, value: Json): boolean {
  if (Array.isArray(value)) return within(c.items, value.length);
  if (typeof value !== "string") return false;
  if (c.chars !== undefined) return [...value].some((char) => compilePattern(c.chars ?? "").test(char));
  return within(c.length, codePointLength(value)) || within(c.bytes, utf8Length(value));
}
