/** A line of the log → header, verdict, coverage or footer, validated by log.schema.json. */
import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";
import { prebuiltValidators } from "../spec/prebuilt.ts";
import schema from "./log.schema.json" with { type: "json" };

export type LogLine = Header | Verdict | Coverage | Footer;

const LINE_TYPES = ["header", "verdict", "coverage", "footer"] as const;

/** By line type, so that error messages are about that type only. Made for the first line. */
const validators = new Map<string, ValidateFunction>();

function loadValidators(): void {
  const prebuilt = prebuiltValidators("log");
  const ajv = prebuilt ? undefined : logValidators();
  for (const type of LINE_TYPES) {
    const validate = prebuilt?.[type] ?? ajv?.getSchema(lineSchemaId(type));
    if (validate !== undefined) validators.set(type, validate);
  }
}

/** Has a schema for each type of line. `options`: those of validators that are written to a file. */
export function logValidators(options: Options = {}): Ajv2020 {
  // `if` and `then` of an expectation require members that are defined next to them, where strictRequired does not look.
  const ajv = new Ajv2020({ strict: true, strictRequired: false, ...options });
  ajv.addSchema(schema, "log");
  return ajv;
}

const lineSchemaId = (type: string): string => `log#/$defs/${type}`;

/** By line type: the id of its schema. */
export const lineSchemaIds: Readonly<Record<string, string>> = Object.fromEntries(
  LINE_TYPES.map((type) => [type, lineSchemaId(type)]),
);

/** The log was written by a version of assay with another format. */
export class LogFormatError extends Error {}

/** @throws an Error that describes the problem without file and line number; a LogFormatError if the header has another format. */
export function parseLogLine(text: string): LogLine {
  const value: unknown = JSON.parse(text);
  const fields = (value !== null && typeof value === "object" ? value : {}) as { type?: unknown; format?: unknown };
  if (validators.size === 0) loadValidators();
  const validate = validators.get(String(fields.type));
  if (validate === undefined) throw new Error("neither a header, a verdict, coverage nor a footer");
  if (fields.type === "header" && fields.format !== 2) {
    throw new LogFormatError(
      `the log has format ${JSON.stringify(fields.format)}, this assay reads format 2; use the version of assay that wrote it, or run again`,
    );
  }
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    throw new Error(`${String(fields.type)}${first?.instancePath ?? ""} ${first?.message ?? "has the wrong shape"}`);
  }
  return value as LogLine;
}
