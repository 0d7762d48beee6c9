/** A documented pattern → a test of values: it holds for the whole value, by code points. */
import type { Conflict, Schema } from "../model.ts";

const compiled = new Map<string, RegExp>();

export function pattern(source: string, anchored = true): RegExp {
  const text = anchored ? `^(?:${source})$` : source;
  let found = compiled.get(text);
  if (!found) {
    found = new RegExp(text, "u");
    if (compiled.size > 4096) compiled.clear();
    compiled.set(text, found);
  }
  return found;
}

export function matches(schema: Schema, anchored: boolean, text: string): boolean {
  return schema.pattern === undefined || pattern(schema.pattern, anchored).test(text);
}

/** Whether the documents disagree over this one character; `at` is `pattern` or `items.pattern`. */
export function disputed(conflicts: readonly Conflict[], at: string, char: string): boolean {
  return conflicts.some((c) => c.at === at && c.chars !== undefined && pattern(c.chars).test(char));
}

/** Where a constraint of the parameter or of its items stands, as conflicts name it. */
export const conflictPlace = (inItems: boolean, keyword: string): string => (inItems ? `items.${keyword}` : keyword);
