/** assay's schema keywords for ajv, and whether a schema of a spec compiles at all. */
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Schema } from "../model/index.ts";

/** What ajv must tolerate besides JSON Schema's own words: OpenAPI's, and ours (whose meaning each witness has for itself). */
const additionalKeywords = ["x-maxBytes", "x-minBytes", "x-window", "example", "xml", "externalDocs", "discriminator"];

function compiler(isWholeResponse: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: !isWholeResponse,
    allowUnionTypes: true,
    validateFormats: false,
    logger: false,
  });
  for (const keyword of additionalKeywords) ajv.addKeyword(keyword);
  return ajv;
}

/** Made once: the schema of schemas takes longer to compile than any of ours. */
const compilers = new Map<boolean, Ajv2020>();

export interface SchemaError {
  /** Within the schema. */
  readonly path: readonly string[];
  readonly message: string;
}

/** By the schema's text: many parameters have the same. */
const schemaErrorCache = new Map<string, SchemaError | undefined>();

/** Why a schema does not compile, or undefined. `whole`: the schema of a whole answer, whose properties may be required elsewhere. */
export function findSchemaError(schema: Schema, isWholeResponse: boolean): SchemaError | undefined {
  const text = `${isWholeResponse} ${JSON.stringify(schema)}`;
  if (!schemaErrorCache.has(text)) schemaErrorCache.set(text, compileError(schema, isWholeResponse));
  return schemaErrorCache.get(text);
}

function compileError(schema: Schema, isWholeResponse: boolean): SchemaError | undefined {
  const ajv = compilers.get(isWholeResponse) ?? compiler(isWholeResponse);
  compilers.set(isWholeResponse, ajv);
  // By words of its own, so that no two schemas of a folder meet under one `$id`.
  const { $id: _, ...rest } = schema as Record<string, unknown>;
  try {
    if (ajv.validateSchema(rest) !== true) return firstFormError(ajv.errors?.[0]);
    ajv.compile(rest);
    return undefined;
  } catch (error) {
    const says = (error as Error).message;
    return {
      path: pathTo(schema, /(?:keyword|regular expression): "?(.+?)"?(?:$|\/u: )/.exec(says)?.[1]),
      message: notASchema(says),
    };
  } finally {
    ajv.removeSchema(rest);
  }
}

const notASchema = (message: string): string => `is no JSON Schema: ${message.replace(/^schema is invalid: /, "")}`;

function firstFormError(e: ErrorObject | undefined): SchemaError {
  const path = (e?.instancePath ?? "").split("/").slice(1);
  const at = path.length > 0 ? `${path.join(".")} ` : "";
  return { path, message: notASchema(`${at}${e?.message ?? "is not of its form"}`) };
}

/** Where an unknown keyword stands, or a pattern; the whole schema where it is neither. */
function pathTo(schema: unknown, what: string | undefined, at: readonly string[] = []): string[] {
  if (what === undefined || typeof schema !== "object" || schema === null) return [];
  for (const [key, value] of Object.entries(schema)) {
    if (key === what || (key === "pattern" && typeof value === "string" && `/${value}` === what)) return [...at, key];
    const found = pathTo(value, what, [...at, key]);
    if (found.length > 0) return found;
  }
  return [];
}
