/** A documented pattern → a test of values: it holds for the whole value, by code points. */
import type { Conflict, Schema } from "../model/index.ts";

/** By source, so that the text to compile is put together once only. */
const wholes = new Map<string, RegExp>();
const parts = new Map<string, RegExp>();

export function pattern(source: string, anchored = true): RegExp {
  const compiled = anchored ? wholes : parts;
  let found = compiled.get(source);
  if (!found) {
    found = new RegExp(anchored ? `^(?:${source})$` : source, "u");
    if (compiled.size > 4096) compiled.clear();
    compiled.set(source, found);
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
