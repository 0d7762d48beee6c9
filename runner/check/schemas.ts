/** An action → compiled judges of its answers. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Action, Envelope, Finding, Json, Schema } from "../model.ts";

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, logger: false, verbose: true });
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

function validatorOf(schema: Schema): ValidateFunction {
  let found = compiled.get(schema);
  if (!found) {
    found = ajv.compile(schema as object);
    compiled.set(schema, found);
  }
  return found;
}

export const envelopeFindings = (envelope: Envelope, kind: "success" | "refusal", body: Json): Finding[] =>
  findings("envelope", envelope[kind].schema, body, "");

export const outputFindings = (action: Action, output: Json): Finding[] =>
  findings("output", action.output, output, action.service.envelope.output);

/** At most this many facts of one answer: a hostile one could break a schema a million times. */
const most = 20;

function findings(check: string, schema: Schema, value: Json, at: string): Finding[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, most).map((e) => toFinding(check, e, at));
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
    at: at + e.instancePath + missing,
    expected,
    actual: missing ? "absent" : typeName(e.data as Json),
  };
}

/** The JSON type of a value, as findings name it; an empty text says so. */
export function typeName(value: Json | undefined): string {
  if (value === undefined) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value === "") return "empty string";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}
