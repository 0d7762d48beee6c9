/** Registry of reports, in the order in which a run writes them. */
import { consoleReport } from "./console/console.ts";
import { harReport } from "./har/har.ts";
import { htmlReport } from "./html/index.ts";
import { jsonReport } from "./json/json.ts";
import { junitReport } from "./junit/junit.ts";
import { markdownReport } from "./markdown/markdown.ts";
import type { Report } from "./report.ts";

export const reports: readonly Report[] = [
  junitReport,
  jsonReport,
  htmlReport,
  markdownReport,
  consoleReport,
  harReport,
];
