/** The values over which the documents conflict: the emulator accepts a value that at least one documented reading accepts. */
import type { Json, SpecConflict } from "../model/index.ts";
import type { Keyword } from "./pipeline/keyword-tests.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

/** Substitutes for a character in conflict: each usual character class accepts at least one of them. */
const REPLACEMENT_CHARACTERS = ["a", "A", "0", "-", "_", "中"];

/**
 * For the conflicts at one keyword: a test that is true where some reading accepts a value that breaks the keyword.
 * Undefined without conflicts.
 */
export function mayBeAccepted(
  conflicts: readonly SpecConflict[],
  { holds }: Keyword,
): ((value: Json) => boolean) | undefined {
  if (conflicts.length === 0) return undefined;
  const characterClasses = conflicts.flatMap((c) => (c.chars === undefined ? [] : [`(?:${c.chars})`]));
  const inConflictRange = (value: Json) => conflicts.some((c) => isInRange(c, value));
  if (characterClasses.length === 0) return inConflictRange;
  const charactersInConflict = new RegExp(characterClasses.join("|"), "gu");
  return (value) => {
    if (inConflictRange(value)) return true;
    if (typeof value !== "string") return false;
    const remainder = value.replace(charactersInConflict, "");
    if (remainder === value) return false;
    return (
      remainder === "" ||
      holds(remainder) ||
      REPLACEMENT_CHARACTERS.some((c) => holds(value.replace(charactersInConflict, c)))
    );
  };
}

/** For the same conflicts: a test that is true where a value falls under one of them, even if the keyword holds. */
export function isInConflict(conflicts: readonly SpecConflict[]): (value: Json) => boolean {
  const compiled = conflicts.map((conflict) => ({
    conflict,
    character: conflict.chars === undefined ? undefined : new RegExp(conflict.chars, "u"),
  }));
  return (value) =>
    compiled.some(
      ({ conflict, character }) => isInRange(conflict, value) || (typeof value === "string" && character?.test(value)),
    );
}

function isInRange({ length, bytes, items, seconds }: SpecConflict, value: Json): boolean {
  if (typeof value === "number") return contains(seconds, value);
  if (Array.isArray(value)) return contains(items, value.length);
  return typeof value === "string" && (contains(length, codePointLength(value)) || contains(bytes, utf8Length(value)));
}

const contains = (range: readonly [number, number] | undefined, n: number): boolean =>
  range !== undefined && n >= range[0] && n <= range[1];
