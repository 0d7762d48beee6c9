/** A schema keyword and its limit → the test that a value of fitting type must pass; each counts for itself. */
import type { Json, Schema } from "../../model/index.ts";
import { anchored, codePointLength, unanchored, utf8Length } from "../text-length.ts";

type Test = (value: Json) => boolean;

const text =
  (holds: (value: string) => boolean): Test =>
  (v) =>
    typeof v !== "string" || holds(v);
const number =
  (holds: (value: number) => boolean): Test =>
  (v) =>
    typeof v !== "number" || holds(v);
const list =
  (holds: (value: Json[]) => boolean): Test =>
  (v) =>
    !Array.isArray(v) || holds(v);

/** Sizes first, then form, then choice: the order in which a call that breaks several of them is refused. */
const keywordPredicates: Readonly<Record<string, (limit: never, whole: boolean) => Test>> = {
  minItems: (n: number) => list((v) => v.length >= n),
  maxItems: (n: number) => list((v) => v.length <= n),
  minLength: (n: number) => text((v) => codePointLength(v) >= n),
  maxLength: (n: number) => text((v) => v.length <= n || codePointLength(v) <= n),
  "x-minBytes": (n: number) => text((v) => utf8Length(v) >= n),
  "x-maxBytes": (n: number) => text((v) => utf8Length(v) <= n),
  pattern: (p: string, whole) => {
    const form = whole ? anchored(p) : unanchored(p);
    return text((v) => form.test(v));
  },
  enum: (some: Json[]) => (v) => some.some((s) => same(s, v)),
  const: (only: Json) => (v) => same(only, v),
  minimum: (n: number) => number((v) => v >= n),
  maximum: (n: number) => number((v) => v <= n),
  exclusiveMinimum: (n: number) => number((v) => v > n),
  exclusiveMaximum: (n: number) => number((v) => v < n),
  multipleOf: (n: number) => number((v) => Number.isInteger(v / n)),
  uniqueItems: (on: boolean) => list((v) => !on || new Set(v.map((item) => JSON.stringify(item))).size === v.length),
};

const same = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export const KEYWORD_ORDER: readonly string[] = Object.keys(keywordPredicates);

export interface Keyword {
  readonly keyword: string;
  readonly holds: Test;
}

/** The keywords of a schema in the order in which they are tested. `whole`: a pattern is for the whole value. */
export function keywordTests(schema: Schema, whole: boolean): Keyword[] {
  return KEYWORD_ORDER.filter((keyword) => Object.hasOwn(schema, keyword)).map((keyword) => {
    const limit = (schema as Record<string, unknown>)[keyword] as never;
    return { keyword, holds: (keywordPredicates[keyword] as (limit: never, whole: boolean) => Test)(limit, whole) };
  });
}
