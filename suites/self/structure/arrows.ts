/** Which folder may import which: the one place where this is said. Tests and `testing/` folders may import anything. */

/** A folder may import its own files, `model`, and these. Folders of runner by their name; reports and suites as a whole. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  values: [],
  redaction: [],
  log: [],
  transport: [],
  spec: [],
  http: ["redaction"],
  protocols: ["http"],
  check: ["spec"],
  cases: ["spec", "values"],
  lint: ["spec", "values", "cases", "protocols"],
  resources: ["spec", "values"],
  compare: ["check", "log"],
  emulator: ["spec", "protocols", "http"],
  run: ["spec", "cases", "check", "resources", "http", "protocols", "transport", "redaction", "log"],
  reports: ["spec", "check", "http"],
  cli: [
    "spec",
    "lint",
    "cases",
    "check",
    "resources",
    "run",
    "log",
    "compare",
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
