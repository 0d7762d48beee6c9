/** The log of a run → its recording; a recording → reports. */
import { reports } from "../../reports/index.ts";
import { UsageError } from "../cli/errors.ts";
import { renderFiles } from "../cli/output/render.ts";
import { readLogOrFail } from "../cli/read-log.ts";
import type { Recording } from "../model/index.ts";

/** `console` is plain text. Only `har` and `console` are not among the files of `writeReports`. */
export type ReportFormat = "junit" | "json" | "html" | "markdown" | "console" | "har";

/**
 * Reads a recorded run. Its verdicts stay in the file, which must not change while the recording is used.
 *
 * @param log path of a `run.ndjson`. The log of a run that broke off is read up to its last complete line.
 * @throws UsageError if the file does not exist or is not such a log.
 */
export const readRun = (log: string): Recording => readLogOrFail(log);

/**
 * Renders one report, as `assay report --format` does.
 *
 * @param recording of `runSpecs` or `readRun`.
 * @param format which report.
 * @param write receives the text piece by piece, so that a long report need not be in memory.
 * @throws UsageError for a format that does not exist.
 */
export function renderReport(recording: Recording, format: ReportFormat, write: (chunk: string) => void): void {
  const report = reports.find(({ id }) => id === format);
  if (!report) throw new UsageError(`format: is ${format}; expected ${reports.map(({ id }) => id).join(", ")}`);
  report.render(recording, write);
}

/**
 * Writes `report.html`, `summary.md`, `junit.xml` and `report.json`, as `assay report --out` does. Existing ones are replaced.
 *
 * @param recording of `runSpecs` or `readRun`.
 * @param out path of a folder, which is created if it does not exist.
 * @throws UsageError if the folder cannot be written, Error if a file cannot; such a file is missing then.
 */
export const writeReports = (recording: Recording, out: string): void => renderFiles(recording, out);
