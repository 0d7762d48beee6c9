/** Schemas too deep for keyword by keyword → validators by ajv: nested objects, and rules over several members. */
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

/** Undefined where the schema says nothing but its type and what the keyword checks say. */
export function compileNested(schema: Schema): ValidateFunction | undefined {
  const items = (schema as { items?: Schema }).items;
  const rest = strip(schema);
  if (items) rest.items = strip(items);
  const deep = (s: Record<string, unknown>) => Object.keys(s).some((k) => !plain.has(k));
  return deep(rest) || (items && deep(rest.items as Record<string, unknown>))
    ? ajv.compile(anchorPatterns(rest) as object)
    : undefined;
}

export const compileRule = (schema: Schema): ValidateFunction => ajv.compile(anchorPatterns(schema) as object);

const plain = new Set(["type", "items", "default", "example", "examples", "description", "title", "format"]);

/** Without what is checked keyword by keyword, each with a code of its own. */
const strip = (schema: Schema): Record<string, unknown> =>
  Object.fromEntries(Object.entries(schema).filter(([k]) => !KEYWORD_ORDER.includes(k)));

/** Every pattern below is for the whole value. */
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
