/** Schemas that the keyword tests cannot check → ajv validators: nested objects and cross-parameter rules. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Schema } from "../../model/index.ts";
import { utf8Length } from "../text-length.ts";
import { KEYWORD_ORDER, requiredByBranch } from "./keyword-tests.ts";

const ajv = new Ajv2020({ strict: false, allowUnionTypes: true, validateFormats: false, logger: false });
ajv.addKeyword({
  keyword: "x-maxBytes",
  type: "string",
  schemaType: "number",
  validate: (n: number, v: string) => utf8Length(v) <= n,
});
ajv.addKeyword({
  keyword: "x-minBytes",
  type: "string",
  schemaType: "number",
  validate: (n: number, v: string) => utf8Length(v) >= n,
});

/**
 * A validator for what the keyword tests and the checks of presence and type leave out; undefined where that is nothing. These
 * cover the value, its items, and the places (paths such as `[].Key`) that the spec lists.
 */
export function compileNested(schema: Schema, places: readonly string[]): ValidateFunction | undefined {
  const rest = uncovered(schema, "", places);
  return hasConstraint(rest) ? ajv.compile(anchorPatterns(rest) as object) : undefined;
}

type Keywords = Record<string, unknown>;

/** Annotations, and the keywords that are checked elsewhere. */
const ignoredKeywords = new Set(["default", "example", "examples", "description", "title", "format"]);

/** The schema of the values at a path, without what is checked elsewhere. */
function uncovered(schema: Schema, path: string, places: readonly string[]): Keywords {
  const isCovered = path === "" || path === "[]" || places.includes(path);
  const entries = Object.entries(schema as Keywords).flatMap(([keyword, value]): [string, unknown][] => {
    const isSchema = typeof value === "object" && value !== null;
    const inner = (step: string) => uncovered(value as Schema, `${path}${step}`, places);
    if (ignoredKeywords.has(keyword) || (isCovered && (keyword === "type" || isTested(keyword, value)))) return [];
    if (keyword === "items" && isSchema) return [[keyword, inner("[]")]];
    if (keyword === "additionalProperties" && isSchema) return [[keyword, inner("{}")]];
    if (keyword === "propertyNames" && isSchema) return [[keyword, inner("{key}")]];
    if (keyword === "required")
      return [[keyword, (value as string[]).filter((name) => !places.includes(`${path}.${name}`))]];
    if (keyword !== "properties") return [[keyword, value]];
    const properties = Object.entries(value as Record<string, Schema>);
    return [
      [keyword, Object.fromEntries(properties.map(([name, of]) => [name, uncovered(of, `${path}.${name}`, places)]))],
    ];
  });
  return Object.fromEntries(entries);
}

/** Each tested keyword has a code of its own. */
const isTested = (keyword: string, value: unknown): boolean =>
  keyword === "oneOf" ? requiredByBranch(value) !== undefined : KEYWORD_ORDER.includes(keyword);

/** False for a schema that every value keeps. */
const hasConstraint = (schema: unknown): boolean =>
  typeof schema === "object" && schema !== null
    ? Object.entries(schema as Keywords).some(([keyword, value]) => {
        if (["items", "additionalProperties", "propertyNames"].includes(keyword)) return hasConstraint(value);
        if (keyword === "properties") return Object.values(value as Keywords).some(hasConstraint);
        return keyword !== "required" || (value as readonly string[]).length > 0;
      })
    : schema === false;

export const compileRule = (schema: Schema): ValidateFunction => ajv.compile(anchorPatterns(schema) as object);

/** Makes every pattern, at any depth, match the whole value. */
function anchorPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anchorPatterns);
  if (schema === null || typeof schema !== "object") return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([k, v]) => [
      k,
      k === "pattern" && typeof v === "string" ? `^(?:${v})$` : anchorPatterns(v),
    ]),
  );
}
