/** The values over which the documents disagree: the healthy emulator accepts them, and refuses beyond every reading. */
import type { Json, SpecConflict } from "../model/index.ts";
import type { Keyword } from "./pipeline/keyword-tests.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

/** What may stand in for a disputed character, one of them in any reading of any class. */
const REPLACEMENT_CHARACTERS = ["a", "A", "0", "-", "_", "中"];

/** For the conflicts at one keyword: true where a value that breaks it may yet be meant to be good. */
export function mayBeAccepted(
  conflicts: readonly SpecConflict[],
  { holds }: Keyword,
): ((value: Json) => boolean) | undefined {
  if (conflicts.length === 0) return undefined;
  const classes = conflicts.flatMap((c) => (c.chars === undefined ? [] : [`(?:${c.chars})`]));
  const inRange = (value: Json) => conflicts.some((c) => within(c, value));
  if (classes.length === 0) return inRange;
  const some = new RegExp(classes.join("|"), "gu");
  return (value) => {
    if (inRange(value)) return true;
    if (typeof value !== "string") return false;
    const bare = value.replace(some, "");
    if (bare === value) return false;
    return bare === "" || holds(bare) || REPLACEMENT_CHARACTERS.some((c) => holds(value.replace(some, c)));
  };
}

/** For the same conflicts: true where a value falls under one of them, whether or not the keyword itself allows it. */
export function isInConflict(conflicts: readonly SpecConflict[]): (value: Json) => boolean {
  const some = conflicts.map((c) => ({ c, char: c.chars === undefined ? undefined : new RegExp(c.chars, "u") }));
  return (value) => some.some(({ c, char }) => within(c, value) || (typeof value === "string" && char?.test(value)));
}

function within({ length, bytes: size, items, seconds }: SpecConflict, value: Json): boolean {
  if (typeof value === "number") return has(seconds, value);
  if (Array.isArray(value)) return has(items, value.length);
  return typeof value === "string" && (has(length, codePointLength(value)) || has(size, utf8Length(value)));
}

const has = (range: readonly [number, number] | undefined, n: number): boolean =>
  range !== undefined && n >= range[0] && n <= range[1];
