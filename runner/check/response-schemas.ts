/** An action → compiled judges of its answers. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Action, Envelope, Finding, Json, Schema } from "../model/index.ts";
import { truncateText } from "./truncate.ts";

/** Schema → its judge, compiled once. */
function judges(allErrors: boolean): (schema: Schema) => ValidateFunction {
  const ajv = new Ajv2020({
    allErrors,
    strict: false,
    // 1e400 is read as infinity, which is no integer.
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
  const compiled = new WeakMap<object, ValidateFunction>();
  return (schema) => {
    let found = compiled.get(schema);
    if (!found) {
      found = ajv.compile(schema as object);
      compiled.set(schema, found);
    }
    return found;
  };
}

/** Ends at the first fault; the other, which gathers all of them, is only asked about what has one. */
const firstErrorValidator = judges(false);
const allErrorsValidator = judges(true);

export const envelopeFindings = (envelope: Envelope, kind: "success" | "refusal", body: Json): Finding[] =>
  findings("envelope", envelope[kind].schema, body, "");

export const outputFindings = (action: Action, output: Json): Finding[] =>
  findings("output", action.output, output, action.service.envelope.output);

/** At most this many facts of one answer. */
const MAX_FINDINGS = 20;
/** Of an answer of more values only the first fault is told: a hostile one could have hundreds of thousands. */
const MAX_VALUES = 5000;

function findings(check: string, schema: Schema, value: Json, at: string): Finding[] {
  let validate = firstErrorValidator(schema);
  if (validate(value)) return [];
  if (!exceeds(value, MAX_VALUES)) {
    validate = allErrorsValidator(schema);
    validate(value);
  }
  return (validate.errors ?? []).slice(0, MAX_FINDINGS).map((e) => toFinding(check, e, at));
}

function exceeds(value: Json, limit: number): boolean {
  let left = limit;
  const walk = (one: Json): boolean =>
    --left < 0 || (typeof one === "object" && one !== null && Object.values(one).some(walk));
  return walk(value);
}

function toFinding(check: string, e: ErrorObject, at: string): Finding {
  const params = e.params as Record<string, Json>;
  const missing = e.keyword === "required" ? `/${String(params["missingProperty"])}` : "";
  const expected =
    e.keyword === "required"
      ? "present"
      : e.keyword === "false schema"
        ? "absent"
        : `${e.keyword} ${JSON.stringify(e.schema)}`;
  return {
    check,
    level: "must",
    location: truncateText(at + e.instancePath + missing),
    expected,
    actual: missing ? "absent" : jsonTypeName(e.data as Json),
  };
}

/** The JSON type of a value, as findings name it; an empty text says so. */
export function jsonTypeName(value: Json | undefined): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value === "") return "empty string";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}
