/** What others hold our files to: the JUnit schema, two parsers of JUnit from npm, and the schemas of HAR 1.2. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import draft6 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import { parse } from "junit2json";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { parseV2 } from "test-results-parser";

/** Throws where it is not valid. */
export function assertJunitSchema(text: string): void {
  const schema = XmlDocument.fromString(
    readFileSync(fileURLToPath(new URL("../../../reports/junit/junit.xsd", import.meta.url)), "utf8"),
  );
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
    validator.dispose();
    schema.dispose();
  }
}

export interface Totals {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

export interface ReadCase {
  readonly name: string;
  readonly result: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
}

export interface ReadSuite extends Totals {
  readonly name: string;
  readonly cases: readonly ReadCase[];
  readonly properties: Readonly<Record<string, string>>;
}

/** As junit2json reads it. */
export async function byJunit2json(text: string): Promise<ReadSuite[]> {
  // Left to itself it takes a text that looks like a number for one.
  const root = await parse(text, {});
  if (!root || !("testsuite" in root)) throw new Error("junit2json finds no suites");
  return (root.testsuite ?? []).map((suite) => ({
    name: String(suite.name),
    tests: Number(suite.tests),
    failures: Number(suite.failures),
    errors: Number(suite.errors),
    skipped: Number(suite.skipped),
    properties: Object.fromEntries((suite.properties ?? []).map(({ name, value }) => [String(name), String(value)])),
    cases: (suite.testcase ?? []).map(({ name, failure, error, skipped }) => ({
      name: String(name),
      result: failure ? "failure" : error ? "error" : skipped ? "skipped" : "passed",
      message: String((failure ?? error ?? skipped)?.[0]?.message ?? ""),
    })),
  }));
}

/**
 * As test-results-parser reads it, which counts what is skipped apart and tells errors of failures only by number. `orders`
 * are the attachments and properties that it found in the output of a case.
 */
export function byTestResultsParser(file: string): { all: Totals; suites: ReadSuite[]; orders: number } {
  const { result, errors } = parseV2({ type: "junit", files: [file] });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const totals = (of: { total: number; failed: number; errors: number; skipped: number }): Totals => ({
    tests: of.total + of.skipped,
    failures: of.failed,
    errors: of.errors,
    skipped: of.skipped,
  });
  const suites = result.suites.map((suite) => ({
    name: suite.name,
    ...totals(suite),
    properties: suite.metadata as Readonly<Record<string, string>>,
    cases: suite.cases.map(({ name, status, failure }): ReadCase => {
      const result = status === "PASS" ? "passed" : status === "SKIP" ? "skipped" : "failure";
      return { name, result, message: failure };
    }),
  }));
  const orders = result.suites.flatMap(({ metadata, cases }) =>
    cases.flatMap((one) => [
      ...one.attachments,
      ...Object.entries(one.metadata).filter(([name, value]) => (metadata as Record<string, unknown>)[name] !== value),
    ]),
  );
  return { all: totals(result), suites, orders: orders.length };
}

const require = createRequire(import.meta.url);
const schemas = require("har-schema") as Readonly<Record<string, object>>;

function harValidator(): ValidateFunction {
  // They hold keywords of older drafts, which mean nothing in this one.
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(draft6);
  ajv.addFormat("uri", (text) => /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=[\]]|%[\da-f]{2})*$/i.test(text));
  ajv.addFormat("date-time", (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)));
  for (const format of ["ipv4", "ipv6"]) ajv.addFormat(format, true);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema("har.json#");
  if (validate === undefined) throw new Error("har-schema has no har.json");
  return validate;
}

/** What the schemas of HAR find fault with, by place. */
export function validateHar(har: unknown): string[] {
  const validate = harValidator();
  validate(har);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
