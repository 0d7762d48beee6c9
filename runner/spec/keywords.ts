/** assay's schema keywords for ajv, and whether a schema of a spec compiles at all. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Schema } from "../model.ts";

/** What ajv must tolerate besides JSON Schema's own words: OpenAPI's, and ours (whose meaning each witness has for itself). */
const openKeywords = ["x-maxBytes", "x-minBytes", "x-window", "example", "xml", "externalDocs", "discriminator"];

/** Why a schema does not compile, or undefined. `whole`: the schema of a whole answer, whose properties may be required elsewhere. */
export function schemaFault(schema: Schema, whole: boolean): string | undefined {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: !whole,
    allowUnionTypes: true,
    validateFormats: false,
    logger: false,
  });
  for (const word of openKeywords) ajv.addKeyword(word);
  try {
    ajv.compile(schema as object);
    return undefined;
  } catch (error) {
    return `is no JSON Schema: ${(error as Error).message}`;
  }
}
