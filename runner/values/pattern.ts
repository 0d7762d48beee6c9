/** A documented pattern → a compiled regular expression over code points, which must match the whole value unless `anchored` is false. */
import type { Schema, SpecConflict } from "../model/index.ts";

/** By the pattern's text: the same patterns are tested for every case. */
const anchoredCache = new Map<string, RegExp>();
const unanchoredCache = new Map<string, RegExp>();

/** Bounds the memory of each cache; the built-in specs have fewer than a hundred patterns. */
const MAX_CACHED_PATTERNS = 4096;

export function compilePattern(source: string, anchored = true): RegExp {
  const cache = anchored ? anchoredCache : unanchoredCache;
  let regExp = cache.get(source);
  if (!regExp) {
    regExp = new RegExp(anchored ? `^(?:${source})$` : source, "u");
    if (cache.size > MAX_CACHED_PATTERNS) cache.clear();
    cache.set(source, regExp);
  }
  return regExp;
}

export function matches(schema: Schema, anchored: boolean, text: string): boolean {
  return schema.pattern === undefined || compilePattern(schema.pattern, anchored).test(text);
}

/** True where the documents disagree over this character; `constraint` is `pattern` or `items.pattern`. */
export function isDisputedCharacter(conflicts: readonly SpecConflict[], constraint: string, char: string): boolean {
  return conflicts.some(
    (c) => c.constraint === constraint && c.chars !== undefined && compilePattern(c.chars).test(char),
  );
}

/** The name of a constraint in `conflicts`: `maxLength` of the parameter itself, `items.maxLength` of the items of its list. */
export const conflictKey = (inItems: boolean, keyword: string): string => (inItems ? `items.${keyword}` : keyword);
