/** Schemas that the keyword tests cannot check → ajv validators: nested objects and cross-parameter rules. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Schema } from "../../model/index.ts";
import { utf8Length } from "../text-length.ts";
import { KEYWORD_ORDER } from "./keyword-tests.ts";

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

/** A validator for what the keyword tests and the type check of a value and its items leave out; undefined where that is nothing. */
export function compileNested(schema: Schema): ValidateFunction | undefined {
  const items = (schema as { items?: Schema }).items;
  const rest = withoutTestedKeywords(schema);
  if (items) rest.items = withoutTestedKeywords(items);
  const needsValidator = (s: Record<string, unknown>) => Object.keys(s).some((k) => !ignoredKeywords.has(k));
  return needsValidator(rest) || (items && needsValidator(rest.items as Record<string, unknown>))
    ? ajv.compile(anchorPatterns(rest) as object)
    : undefined;
}

export const compileRule = (schema: Schema): ValidateFunction => ajv.compile(anchorPatterns(schema) as object);

/** Annotations, and the keywords that are checked elsewhere. */
const ignoredKeywords = new Set(["type", "items", "default", "example", "examples", "description", "title", "format"]);

/** Leaves out the keywords that `keywordTests` checks, each of which has a code of its own. */
const withoutTestedKeywords = (schema: Schema): Record<string, unknown> =>
  Object.fromEntries(Object.entries(schema).filter(([k]) => !KEYWORD_ORDER.includes(k)));

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
