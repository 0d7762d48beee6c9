/** A value → the conflicts of its parameter that cover it. */
import type { Json, Parameter, SpecConflict } from "../model/index.ts";
import { compilePattern } from "../values/pattern.ts";
import { codePointLength, utf8Length } from "../values/text-length.ts";

const within = (range: readonly [number, number] | undefined, n: number): boolean =>
  range !== undefined && n >= range[0] && n <= range[1];

export function conflictsOf(parameter: Parameter, value: Json): SpecConflict[] {
  return parameter.conflicts.filter((c) => {
    if (c.constraint.startsWith("items.")) return Array.isArray(value) && value.some((item) => covers(c, item));
    return covers(c, value);
  });
}

function covers(c: SpecConflict, value: Json): boolean {
  if (Array.isArray(value)) return within(c.items, value.length);
  if (typeof value !== "string") return false;
  if (c.chars !== undefined) return [...value].some((char) => compilePattern(c.chars ?? "").test(char));
  return within(c.length, codePointLength(value)) || within(c.bytes, utf8Length(value));
}
