/** A line of the log → header, verdict, coverage or footer, validated by log.schema.json. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";
import schema from "./log.schema.json" with { type: "json" };

export type LogLine = Header | Verdict | Coverage | Footer;

/** One validator per line type, so that error messages are about that type only. Compiled for the first line. */
let validators: ReadonlyMap<string, ValidateFunction> | undefined;

function compile(): ReadonlyMap<string, ValidateFunction> {
  // `if` and `then` of an expectation require members that are defined next to them, where strictRequired does not look.
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  ajv.addSchema(schema, "log");
  const compiled = new Map<string, ValidateFunction>();
  for (const type of ["header", "verdict", "coverage", "footer"]) {
    const validate = ajv.getSchema(`log#/$defs/${type}`);
    if (validate !== undefined) compiled.set(type, validate);
  }
  return compiled;
}

/** The log was written by a version of assay with another format. */
export class LogFormatError extends Error {}

/** @throws an Error that describes the problem without file and line number; a LogFormatError if the header has another format. */
export function parseLogLine(text: string): LogLine {
  const value: unknown = JSON.parse(text);
  const fields = (value !== null && typeof value === "object" ? value : {}) as { type?: unknown; format?: unknown };
  validators ??= compile();
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
