/** Third-party readers of our files: the JUnit schema, two JUnit parsers from npm, and the schemas of HAR 1.2. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import draft6 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import { parse } from "junit2json";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { parseV2 } from "test-results-parser";

/** @throws if the text is not valid for reports/junit/junit.xsd. */
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

export interface ParsedCase {
  readonly name: string;
  readonly result: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
}

export interface ParsedSuite extends Totals {
  readonly name: string;
  readonly cases: readonly ParsedCase[];
  readonly properties: Readonly<Record<string, string>>;
}

/** The suites that junit2json reads from the text of a junit.xml. */
export async function parseWithJunit2json(text: string): Promise<ParsedSuite[]> {
  // Without options it converts texts that look like numbers.
  const root = await parse(text, {});
  if (!root || !("testsuite" in root)) throw new Error("junit2json found no <testsuites>");
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
 * The suites that test-results-parser reads from a file. It counts skipped cases separately, and gives errors the result
 * `failure`. `caseMetadata`: number of attachments and properties that it read from the output of cases.
 */
export function parseWithTestResultsParser(file: string): { all: Totals; suites: ParsedSuite[]; caseMetadata: number } {
  const { result, errors } = parseV2({ type: "junit", files: [file] });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const totals = (counts: { total: number; failed: number; errors: number; skipped: number }): Totals => ({
    tests: counts.total + counts.skipped,
    failures: counts.failed,
    errors: counts.errors,
    skipped: counts.skipped,
  });
  const suites = result.suites.map((suite) => ({
    name: suite.name,
    ...totals(suite),
    properties: suite.metadata as Readonly<Record<string, string>>,
    cases: suite.cases.map(({ name, status, failure }): ParsedCase => {
      const result = status === "PASS" ? "passed" : status === "SKIP" ? "skipped" : "failure";
      return { name, result, message: failure };
    }),
  }));
  const caseMetadata = result.suites.flatMap(({ metadata, cases }) =>
    cases.flatMap((testCase) => [
      ...testCase.attachments,
      ...Object.entries(testCase.metadata).filter(
        ([name, value]) => (metadata as Record<string, unknown>)[name] !== value,
      ),
    ]),
  );
  return { all: totals(result), suites, caseMetadata: caseMetadata.length };
}

const require = createRequire(import.meta.url);
const schemas = require("har-schema") as Readonly<Record<string, object>>;

function harValidator(): ValidateFunction {
  // The schemas contain keywords of older drafts, which strict mode refuses.
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addMetaSchema(draft6);
  ajv.addFormat("uri", (text) => /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=[\]]|%[\da-f]{2})*$/i.test(text));
  ajv.addFormat("date-time", (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)));
  for (const format of ["ipv4", "ipv6"]) ajv.addFormat(format, true);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema("har.json#");
  if (validate === undefined) throw new Error("har-schema: har.json not found");
  return validate;
}

/** The violations of the HAR schemas, each as JSON pointer and message; empty if the HAR is valid. */
export function validateHar(har: unknown): string[] {
  const validate = harValidator();
  validate(har);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
