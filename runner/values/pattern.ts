/** A documented pattern → a compiled regular expression over code points, which must match the whole value unless `anchored` is false. */
import type { Schema, SpecConflict } from "../model/index.ts";
import { memoize } from "./memoize.ts";

/** Bounds the memory of each cache; the built-in specs have fewer than a hundred patterns. */
const MAX_CACHED_PATTERNS = 4096;
const anchoredPatterns = memoize<RegExp>(MAX_CACHED_PATTERNS);
const unanchoredPatterns = memoize<RegExp>(MAX_CACHED_PATTERNS);

export const compilePattern = (source: string, anchored = true): RegExp =>
  anchored
    ? anchoredPatterns(source, () => new RegExp(`^(?:${source})$`, "u"))
    : unanchoredPatterns(source, () => new RegExp(source, "u"));

export function matches(schema: Schema, anchored: boolean, text: string): boolean {
  return schema.pattern === undefined || compilePattern(schema.pattern, anchored).test(text);
}

/** True where the documents disagree over this character; `conflicts` are those of one place. */
export const isDisputedCharacter = (conflicts: readonly SpecConflict[], char: string): boolean =>
  conflicts.some((c) => c.chars !== undefined && compilePattern(c.chars).test(char));
