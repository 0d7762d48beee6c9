/** The source of a file as a whole → problems: it names no document, or a day that does not exist. */
import type { Source } from "../model/index.ts";
import type { ReportProblem } from "../spec/yaml/yaml-file.ts";

/** Only the file's own source is checked: those inside the file take `document` and `url` from it. */
export function lintSource({ source }: { readonly source: Source }, report: ReportProblem): void {
  if (source.document === undefined && source.url === undefined)
    report(["source"], "names no document; add `document`, a file of the project, or `url` and `accessedOn`", true);
  if (source.accessedOn !== undefined && !isDay(source.accessedOn))
    report(["source", "accessedOn"], `${source.accessedOn} is not a day; write one as YYYY-MM-DD`);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
