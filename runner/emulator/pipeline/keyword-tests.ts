/** A schema keyword and its limit → the test that a value of the matching type must pass. Each keyword is tested alone. */
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

const object =
  (holds: (value: Readonly<Record<string, Json>>) => boolean): Test =>
  (v) =>
    typeof v !== "object" || v === null || Array.isArray(v) || holds(v);

/** The members that each branch of a `oneOf` requires, where the branches do nothing else; undefined for any other `oneOf`. */
export function requiredByBranch(branches: unknown): readonly (readonly string[])[] | undefined {
  const required = (branches as readonly Readonly<Record<string, unknown>>[]).map((branch) =>
    Object.keys(branch).join() === "required" ? (branch["required"] as string[]) : undefined,
  );
  return required.every((names) => names !== undefined) ? required : undefined;
}

/** The order decides which keyword a value that breaks several is refused for: size, then pattern, then choice and range. */
const keywordPredicates: Readonly<Record<string, (limit: never, wholeValue: boolean) => Test>> = {
  minItems: (n: number) => list((v) => v.length >= n),
  maxItems: (n: number) => list((v) => v.length <= n),
  minProperties: (n: number) => object((v) => Object.keys(v).length >= n),
  maxProperties: (n: number) => object((v) => Object.keys(v).length <= n),
  oneOf: (branches: unknown) => {
    const required = requiredByBranch(branches);
    return object(
      (v) => required === undefined || required.filter((names) => names.every((name) => name in v)).length === 1,
    );
  },
  // No page states whether a character outside the BMP counts as one or, in UTF-16 units, as two: either is accepted.
  minLength: (n: number) => text((v) => v.length >= n),
  maxLength: (n: number) => text((v) => v.length <= n || codePointLength(v) <= n),
  "x-minBytes": (n: number) => text((v) => utf8Length(v) >= n),
  "x-maxBytes": (n: number) => text((v) => utf8Length(v) <= n),
  pattern: (p: string, wholeValue) => {
    const pattern = wholeValue ? anchored(p) : unanchored(p);
    return text((v) => pattern.test(v));
  },
  format: (name: string) => text((v) => name !== "uri" || /^https?:\/\/[\x21-\x7e]+$/.test(v)),
  enum: (choices: Json[]) => (v) => choices.some((choice) => isEqual(choice, v)),
  const: (constant: Json) => (v) => isEqual(constant, v),
  minimum: (n: number) => number((v) => v >= n),
  maximum: (n: number) => number((v) => v <= n),
  exclusiveMinimum: (n: number) => number((v) => v > n),
  exclusiveMaximum: (n: number) => number((v) => v < n),
  multipleOf: (n: number) => number((v) => Number.isInteger(v / n)),
  uniqueItems: (required: boolean) =>
    list((v) => !required || new Set(v.map((item) => JSON.stringify(item))).size === v.length),
  "x-uniqueBy": (member: string) =>
    list((v) => {
      const values = v.map((item) => (item as Record<string, Json> | null)?.[member]).filter((m) => m !== undefined);
      return new Set(values.map((m) => JSON.stringify(m))).size === values.length;
    }),
};

/** True for a text that holds the limit of `minLength` or `maxLength` in only one of the two units. */
export const dependsOnUnit = (keyword: string, limit: unknown, value: Json): boolean => {
  if (typeof value !== "string" || typeof limit !== "number") return false;
  if (keyword === "minLength") return value.length >= limit && codePointLength(value) < limit;
  return keyword === "maxLength" && value.length > limit && codePointLength(value) <= limit;
};

const isEqual = (a: Json, b: Json): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

export const KEYWORD_ORDER: readonly string[] = Object.keys(keywordPredicates);

export interface Keyword {
  readonly keyword: string;
  readonly holds: Test;
}

/** The keywords of a schema in the order in which they are tested. `wholeValue`: a pattern must match the whole value. */
export function keywordTests(schema: Schema, wholeValue: boolean): Keyword[] {
  return KEYWORD_ORDER.filter((keyword) => Object.hasOwn(schema, keyword)).map((keyword) => {
    const limit = (schema as Record<string, unknown>)[keyword] as never;
    const predicateOf = keywordPredicates[keyword] as (limit: never, wholeValue: boolean) => Test;
    return { keyword, holds: predicateOf(limit, wholeValue) };
  });
}
