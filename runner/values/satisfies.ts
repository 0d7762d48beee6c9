/** A schema and a value → whether the value keeps the schema. Counts and reads patterns by itself, as `check` and `emulator` do. */
import type { Json, Schema } from "../model/index.ts";
import { compilePattern } from "./pattern.ts";
import { codePointLength, utf8Length } from "./text-length.ts";

/** The keywords of JSON Schema 2020-12 that decide over a value, and the lengths in bytes; others, such as `$ref`, are kept by every value. */
interface Keywords {
  readonly [keyword: string]: unknown;
}

type SubSchema = Schema | boolean;

/** `anchored`: patterns must match the whole value. */
export function satisfies(schema: SubSchema | undefined, value: Json, anchored = true): boolean {
  if (typeof schema !== "object") return schema !== false;
  const keywords = schema as Keywords;
  if (!isOfType(keywords["type"], value) || !keepsCombinations(keywords, value, anchored)) return false;
  const documented = keywords["enum"] as readonly Json[] | undefined;
  if (documented && !documented.some((v) => isEqual(v, value))) return false;
  if ("const" in keywords && !isEqual(keywords["const"], value)) return false;
  if (typeof value === "string") return keepsText(keywords, value, anchored);
  if (typeof value === "number") return keepsNumber(keywords, value);
  if (Array.isArray(value)) return keepsList(keywords, value, anchored);
  return typeof value !== "object" || value === null || keepsObject(keywords, value, anchored);
}

const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function isOfType(type: unknown, value: Json): boolean {
  const types = [type ?? []].flat();
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return types.length === 0 || types.includes(actual) || (types.includes("integer") && Number.isInteger(value));
}

function keepsCombinations(keywords: Keywords, value: Json, anchored: boolean): boolean {
  const keeps = (schema: unknown) => satisfies(schema as SubSchema, value, anchored);
  const { allOf, anyOf, oneOf, not } = keywords as Readonly<Record<string, SubSchema[] | undefined>>;
  const condition = keywords["if"];
  return (
    (allOf ?? []).every(keeps) &&
    (anyOf?.some(keeps) ?? true) &&
    (oneOf === undefined || oneOf.filter(keeps).length === 1) &&
    (not === undefined || !keeps(not)) &&
    (condition === undefined || keeps(keywords[keeps(condition) ? "then" : "else"]))
  );
}

/** True for an absent limit. */
const isWithin = (n: number, min: unknown, max: unknown): boolean =>
  (min === undefined || n >= Number(min)) && (max === undefined || n <= Number(max));

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const keepsText = (keywords: Keywords, text: string, anchored: boolean): boolean =>
  isWithin(codePointLength(text), keywords["minLength"], keywords["maxLength"]) &&
  isWithin(utf8Length(text), keywords["x-minBytes"], keywords["x-maxBytes"]) &&
  (keywords["pattern"] === undefined || compilePattern(String(keywords["pattern"]), anchored).test(text)) &&
  (keywords["contentEncoding"] !== "base64" || BASE64.test(text));

/** Decimal fractions are no binary ones: 0.3 is a multiple of 0.1 within this part of it. */
const ROUNDING = 1e-9;

function keepsNumber(keywords: Keywords, n: number): boolean {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = keywords;
  const quotient = multipleOf === undefined ? 0 : n / Number(multipleOf);
  return (
    isWithin(n, minimum, maximum) &&
    (above === undefined || n > Number(above)) &&
    (below === undefined || n < Number(below)) &&
    Math.abs(quotient - Math.round(quotient)) < ROUNDING
  );
}

/** `x-uniqueBy`: no two items have the same value of the member. An item without it counts for none. */
export function hasDistinctMembers(list: readonly Json[], member: string): boolean {
  const values = list.flatMap((item) => {
    const value = (item as Record<string, Json> | null)?.[member];
    return value === undefined ? [] : [JSON.stringify(value)];
  });
  return new Set(values).size === values.length;
}

function keepsList(keywords: Keywords, list: readonly Json[], anchored: boolean): boolean {
  const { minItems, maxItems, uniqueItems, contains, minContains = 1, maxContains } = keywords;
  const prefix = (keywords["prefixItems"] ?? []) as readonly SubSchema[];
  const found = list.filter((item) => satisfies(contains as SubSchema, item, anchored)).length;
  return (
    isWithin(list.length, minItems, maxItems) &&
    (uniqueItems !== true || new Set(list.map((item) => JSON.stringify(item))).size === list.length) &&
    (keywords["x-uniqueBy"] === undefined || hasDistinctMembers(list, String(keywords["x-uniqueBy"]))) &&
    (contains === undefined || isWithin(found, minContains, maxContains)) &&
    list.every((item, i) => satisfies(prefix[i] ?? (keywords["items"] as SubSchema), item, anchored))
  );
}

function keepsObject(keywords: Keywords, value: { readonly [name: string]: Json }, anchored: boolean): boolean {
  const names = Object.keys(value);
  const of = <T>(keyword: string) => Object.entries((keywords[keyword] ?? {}) as Record<string, T>);
  const has = (name: string) => Object.hasOwn(value, name);
  const propertyOf = new Map(of<SubSchema>("properties"));
  const byPattern = of<SubSchema>("patternProperties").map(([p, schema]) => [new RegExp(p, "u"), schema] as const);
  return (
    isWithin(names.length, keywords["minProperties"], keywords["maxProperties"]) &&
    ((keywords["required"] ?? []) as readonly string[]).every(has) &&
    of<readonly string[]>("dependentRequired").every(([name, needed]) => !has(name) || needed.every(has)) &&
    of<SubSchema>("dependentSchemas").every(([name, schema]) => !has(name) || satisfies(schema, value, anchored)) &&
    names.every((name) => {
      const schemas = [...byPattern].filter(([pattern]) => pattern.test(name)).map(([, schema]) => schema);
      if (propertyOf.has(name)) schemas.push(propertyOf.get(name) ?? true);
      if (schemas.length === 0) schemas.push((keywords["additionalProperties"] ?? true) as SubSchema);
      return (
        satisfies(keywords["propertyNames"] as SubSchema, name, anchored) &&
        schemas.every((schema) => satisfies(schema, value[name] ?? null, anchored))
      );
    })
  );
}
