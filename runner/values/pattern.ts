/** A documented pattern → a test of values: it holds for the whole value, by code points. */
import type { Schema, SpecConflict } from "../model/index.ts";

/** By source, so that the text to compile is put together once only. */
const anchoredCache = new Map<string, RegExp>();
const unanchoredCache = new Map<string, RegExp>();

export function compilePattern(source: string, anchored = true): RegExp {
  const compiled = anchored ? anchoredCache : unanchoredCache;
  let found = compiled.get(source);
  if (!found) {
    found = new RegExp(anchored ? `^(?:${source})$` : source, "u");
    if (compiled.size > 4096) compiled.clear();
    compiled.set(source, found);
  }
  return found;
}

export function matches(schema: Schema, anchored: boolean, text: string): boolean {
  return schema.pattern === undefined || compilePattern(schema.pattern, anchored).test(text);
}

/** Whether the documents disagree over this one character; `at` is `pattern` or `items.pattern`. */
export function isDisputedCharacter(conflicts: readonly SpecConflict[], at: string, char: string): boolean {
  return conflicts.some((c) => c.constraint === at && c.chars !== undefined && compilePattern(c.chars).test(char));
}

/** Where a constraint of the parameter or of its items stands, as conflicts name it. */
export const conflictKey = (inItems: boolean, keyword: string): string => (inItems ? `items.${keyword}` : keyword);
