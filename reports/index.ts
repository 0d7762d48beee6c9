/** The registry of reports, in the order in which they are written. */
import { consoleReport } from "./console.ts";
import { harReport } from "./har.ts";
import { htmlReport } from "./html.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { markdownReport } from "./markdown.ts";
import type { Report } from "./report.ts";

export const reports: readonly Report[] = [
  junitReport,
  jsonReport,
  htmlReport,
  markdownReport,
  consoleReport,
  harReport,
];
