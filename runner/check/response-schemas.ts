/** A response body and the schema of an envelope or output -> findings, by JSON Schema validators that are compiled once. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Action, Envelope, Finding, Json, Schema } from "../model/index.ts";
import { memoize } from "../values/memoize.ts";
import { truncateText } from "./truncate.ts";

export const envelopeFindings = (envelope: Envelope, kind: "success" | "refusal", body: Json): Finding[] =>
  findings("envelope", envelope[kind].schema, body, "");

export const outputFindings = (action: Action, output: Json): Finding[] =>
  findings("output", action.output, output, action.service.envelope.output);

/** Findings of one response that are reported. */
const MAX_FINDINGS = 20;
/** In a response with more JSON values only the first error is reported: a hostile one could have hundreds of thousands. */
const MAX_VALUES = 5000;

/** `prefix`: the pointer to `value` in the response body. */
function findings(check: string, schema: Schema, value: Json, prefix: string): Finding[] {
  let validate = firstErrorValidator(schema);
  if (validate(value)) return [];
  if (!hasMoreValues(value, MAX_VALUES)) {
    validate = allErrorsValidator(schema);
    validate(value);
  }
  return (validate.errors ?? []).slice(0, MAX_FINDINGS).map((error) => toFinding(check, error, prefix));
}

function hasMoreValues(value: Json, limit: number): boolean {
  let remaining = limit;
  const walk = (inner: Json): boolean =>
    --remaining < 0 || (typeof inner === "object" && inner !== null && Object.values(inner).some(walk));
  return walk(value);
}

function toFinding(check: string, error: ErrorObject, prefix: string): Finding {
  const params = error.params as Record<string, Json>;
  const missing = error.keyword === "required" ? `/${String(params["missingProperty"])}` : "";
  const expected =
    error.keyword === "required"
      ? "present"
      : error.keyword === "false schema"
        ? "absent"
        : `${error.keyword} ${JSON.stringify(error.schema)}`;
  return {
    check,
    level: "must",
    location: truncateText(prefix + error.instancePath + missing),
    expected,
    actual: missing ? "absent" : withNumber(error.keyword, error.data as Json),
  };
}

/** What a keyword counts or compares; undefined for one that limits no number. */
const MEASURES: Readonly<Record<string, (value: never) => string>> = {
  minLength: (text: string) => ` of ${[...text].length} characters`,
  maxLength: (text: string) => ` of ${[...text].length} characters`,
  "x-minBytes": (text: string) => ` of ${Buffer.byteLength(text)} bytes`,
  "x-maxBytes": (text: string) => ` of ${Buffer.byteLength(text)} bytes`,
  minItems: (list: Json[]) => ` of ${list.length} items`,
  maxItems: (list: Json[]) => ` of ${list.length} items`,
  minProperties: (map: object) => ` of ${Object.keys(map).length} members`,
  maxProperties: (map: object) => ` of ${Object.keys(map).length} members`,
  ...Object.fromEntries(
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].map((keyword) => [
      keyword,
      (number: number) => ` ${number}`,
    ]),
  ),
};

/** The type of the value, and the number that the keyword limits: `string of 512 characters`, `integer 7`. */
const withNumber = (keyword: string, value: Json): string =>
  jsonTypeName(value) + (MEASURES[keyword]?.(value as never) ?? "");

/** The type of a value as findings name it: a JSON type, `integer`, `absent` or `empty string`. */
export function jsonTypeName(value: Json | undefined): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value === "") return "empty string";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

/** Schemas of the actions that run at the same time, and of envelopes; a compiled one takes 40 KB. */
const MAX_COMPILED_SCHEMAS = 64;

/** A function that compiles each schema once. */
function createValidators(allErrors: boolean): (schema: Schema) => ValidateFunction {
  const ajv = new Ajv2020({
    allErrors,
    strict: false,
    // The linter has checked the schemas; compiling the schema of schemas would take longer than all of theirs.
    meta: false,
    validateSchema: false,
    // 1e400 is parsed as Infinity, which is not an integer.
    strictNumbers: true,
    validateFormats: false,
    logger: false,
    verbose: true,
  });
  ajv.addKeyword({
    keyword: "x-maxBytes",
    type: "string",
    schemaType: "number",
    validate: (max: number, text: string) => Buffer.byteLength(text) <= max,
  });
  ajv.addKeyword({
    keyword: "x-minBytes",
    type: "string",
    schemaType: "number",
    validate: (min: number, text: string) => Buffer.byteLength(text) >= min,
  });
  ajv.addKeyword({ keyword: "x-window" });
  const compiled = memoize<ValidateFunction, Schema>(MAX_COMPILED_SCHEMAS);
  return (schema) =>
    compiled(schema, () => {
      const validate = ajv.compile(schema as object);
      // Otherwise ajv itself would keep every schema that it has compiled.
      ajv.removeSchema(schema as object);
      return validate;
    });
}

/** Stops at the first error, which is fast for valid responses. The other validator is only used after an error. */
const firstErrorValidator = createValidators(false);
const allErrorsValidator = createValidators(true);
