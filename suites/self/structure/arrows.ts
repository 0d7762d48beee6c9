/** The allowed imports between folders, held by structure.test.ts. Tests and `testing/` folders may import anything. */

/**
 * A folder may import its own files, `model`, and these: a folder of runner, `reports`, or one file of a folder of runner.
 * The emulator imports nothing that the expectations use beyond `spec`, `protocols` and the inverse of flattening.
 */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  values: [],
  redaction: [],
  log: ["spec/prebuilt.ts"],
  transport: [],
  spec: [],
  http: ["redaction/image-data.ts"],
  protocols: ["http", "values/memoize.ts"],
  check: ["spec", "values/memoize.ts"],
  cases: ["spec", "values"],
  lint: ["spec", "values", "cases", "protocols"],
  resources: ["spec", "values", "log/write-error.ts"],
  compare: ["check", "log/read-lines.ts"],
  merge: ["check/known-failures.ts", "compare", "log/read-lines.ts", "run/exit-code.ts", "run/run-id.ts"],
  emulator: ["spec", "protocols", "http/flatten.ts"],
  run: ["spec", "cases", "check", "resources", "http", "protocols", "transport", "redaction", "log/writer.ts"],
  sdk: [
    "spec",
    "cases",
    "check",
    "emulator",
    "http/decode.ts",
    "protocols",
    "redaction",
    "log/writer.ts",
    "run/evaluate/verdict.ts",
    "run/exit-code.ts",
    "values",
  ],
  api: ["spec", "cases/cost.ts", "run/run-id.ts", "cli", "emulator", "reports"],
  build: ["spec", "lint", "log/validate-line.ts"],
  reports: ["spec/package-root.ts", "spec/rule-location.ts", "check/finding-signature.ts", "http/shell-quote.ts"],
  cli: [
    "spec",
    "lint",
    "cases",
    "check",
    "resources",
    "run",
    "sdk",
    "log",
    "compare",
    "merge",
    "reports",
    "emulator",
    "http",
    "protocols",
    "transport",
    "redaction",
  ],
};

/** `runner/cases/plan.ts` → `cases`; `reports/junit/xml.ts` → `reports`. */
export const areaOf = (file: string): string => {
  const [top = "", folder = ""] = file.split("/");
  return top === "runner" ? folder : top;
};

/** What an import of `to` needs in the row of the importing file's folder: the folder of `to`, or its file. */
export const entriesFor = (to: string): readonly string[] => [areaOf(to), to.replace(/^runner\//, "")];
