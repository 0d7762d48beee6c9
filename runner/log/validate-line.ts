/** A line of the log → header, verdict, coverage or footer, held to log.schema.json. */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";
import schema from "./log.schema.json" with { type: "json" };

export type LogLine = Header | Verdict | Coverage | Footer;

/** One validator a type, so that a message speaks of one shape and not of all. Compiled at the first reading. */
let validators: ReadonlyMap<string, ValidateFunction> | undefined;

function compile(): ReadonlyMap<string, ValidateFunction> {
  // `if` and `then` of an expectation name members that stand beside them, which strictRequired does not see.
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  ajv.addSchema(schema, "log");
  const found = new Map<string, ValidateFunction>();
  for (const type of ["header", "verdict", "coverage", "footer"]) {
    const validate = ajv.getSchema(`log#/$defs/${type}`);
    if (validate !== undefined) found.set(type, validate);
  }
  return found;
}

/** Parses and checks one line; throws an Error that says what is wrong with it, without file or line number. */
export function parseLogLine(text: string): LogLine {
  const value: unknown = JSON.parse(text);
  const fields = (value !== null && typeof value === "object" ? value : {}) as { type?: unknown; format?: unknown };
  validators ??= compile();
  const validate = validators.get(String(fields.type));
  if (validate === undefined) throw new Error("neither a header, a verdict, coverage nor a footer");
  if (fields.type === "header" && fields.format !== 2) {
    throw new Error(
      `the log has format ${JSON.stringify(fields.format)}, this assay reads format 2; render it with the version that wrote it`,
    );
  }
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    throw new Error(`${String(fields.type)}${first?.instancePath ?? ""} ${first?.message ?? "has the wrong shape"}`);
  }
  return value as LogLine;
}
