/** The source of a file as a whole → whether it names a page at all, and a day that there is. */
import type { Source } from "../model/index.ts";
import type { ReportProblem } from "./limits.ts";

/** Those within the file may leave out what it names. */
export function lintSource({ source }: { readonly source: Source }, report: ReportProblem): void {
  if (source.document === undefined && source.url === undefined)
    report(["source"], "source: names no page; write `document`, a file of the project, or `url` and `accessedOn`", true);
  if (source.accessedOn !== undefined && !isDay(source.accessedOn))
    report(["source", "accessedOn"], `accessedOn: there is no such day as ${source.accessedOn}; expected YEAR-MONTH-DAY`);
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
