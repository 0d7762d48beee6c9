/** A schema of a spec → the reason for which it is not a valid JSON Schema; and the ajv keywords of assay. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Json, Schema } from "../model/index.ts";
import { didYouMean } from "../spec/problem.ts";

/** Keywords that ajv does not know: those of OpenAPI, and those of assay, which ajv accepts and does not interpret. */
const additionalKeywords = [
  "x-maxBytes",
  "x-minBytes",
  "x-window",
  "x-uniqueBy",
  "x-cut",
  "example",
  "xml",
  "externalDocs",
  "discriminator",
];

function createCompiler(allowUntyped: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: !allowUntyped,
    allowUnionTypes: true,
    validateFormats: false,
    logger: false,
  });
  for (const keyword of additionalKeywords) ajv.addKeyword(keyword);
  return ajv;
}

/** By `allowUntyped`. Created once: compiling the meta-schema takes longer than any schema of a spec. */
const compilers = new Map<boolean, Ajv2020>();

export interface SchemaError {
  /** Within the schema. */
  readonly path: readonly string[];
  readonly message: string;
}

/** By the schema's text: many parameters have equal schemas. */
const schemaErrorCache = new Map<string, SchemaError | undefined>();

/**
 * The reason why a schema does not compile, or undefined. `allowUntyped`: keywords may appear without `type`, as in the
 * schema of a whole response or of a rule over several parameters, which constrain members that are declared elsewhere.
 */
export function findSchemaError(schema: Schema, { allowUntyped }: { allowUntyped: boolean }): SchemaError | undefined {
  const key = `${allowUntyped} ${JSON.stringify(schema)}`;
  if (!schemaErrorCache.has(key)) schemaErrorCache.set(key, compileError(schema, allowUntyped));
  return schemaErrorCache.get(key);
}

function compileError(schema: Schema, allowUntyped: boolean): SchemaError | undefined {
  const ajv = compilers.get(allowUntyped) ?? createCompiler(allowUntyped);
  compilers.set(allowUntyped, ajv);
  // Without `$id`, because ajv refuses two schemas with the same one.
  const { $id: _, ...rest } = schema as Record<string, unknown>;
  try {
    if (ajv.validateSchema(rest) !== true) return firstFormError(ajv.errors?.[0]);
    ajv.compile(rest);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const missingType = /missing type "(.+?)" for keyword "(.+?)" at "#\/?(.*?)"/.exec(message);
    if (missingType) {
      const [, type = "", keyword = "", parent = ""] = missingType;
      const choice = type === "number" ? "`type: number` or `type: integer`" : `\`type: ${type}\``;
      return { path: [...parent.split("/").filter(Boolean), keyword], message: `needs ${choice} next to it` };
    }
    const unknown = /unknown keyword: "(.+?)"/.exec(message)?.[1];
    if (unknown !== undefined)
      return {
        path: findPath(schema, unknown),
        message: `is no keyword of JSON Schema${didYouMean(unknown, Object.keys(ajv.RULES.keywords), fewLetters) || "; remove it"}`,
      };
    return {
      path: findPath(schema, /(?:keyword|regular expression): "?(.+?)"?(?:$|\/u: )/.exec(message)?.[1]),
      message: notASchema(message),
    };
  } finally {
    ajv.removeSchema(rest);
  }
}

/** True where the value has the JSON type that the schema demands. */
export function isOfSchemaType({ type }: Schema, value: Json): boolean {
  const types = [type ?? []].flat() as string[];
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const isWhole = Number.isInteger(value) && types.includes("integer");
  return types.length === 0 || types.includes(actual) || isWhole;
}

/** Fewer than for names: short keywords are alike. */
const fewLetters = (keyword: string): number => Math.min(3, Math.floor(keyword.length / 3));

const notASchema = (message: string): string =>
  `is not a valid JSON Schema: ${message.replace(/^schema is invalid: /, "")}`;

function firstFormError(e: ErrorObject | undefined): SchemaError {
  const path = (e?.instancePath ?? "").split("/").slice(1);
  return { path, message: notASchema(e?.message ?? "it has another form than the meta-schema demands") };
}

/** Path of a keyword, or of a pattern written `/PATTERN`; empty where the schema contains neither. */
function findPath(schema: unknown, keywordOrPattern: string | undefined, parent: readonly string[] = []): string[] {
  if (keywordOrPattern === undefined || typeof schema !== "object" || schema === null) return [];
  for (const [key, value] of Object.entries(schema)) {
    const isPattern = key === "pattern" && typeof value === "string" && `/${value}` === keywordOrPattern;
    if (key === keywordOrPattern || isPattern) return [...parent, key];
    const path = findPath(value, keywordOrPattern, [...parent, key]);
    if (path.length > 0) return path;
  }
  return [];
}
