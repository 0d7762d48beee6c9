/** A recorded run → its report files, or one report on standard output. */
import { join } from "node:path";
import pc from "picocolors";
import { reports } from "../../../reports/index.ts";
import type { RenderOptions, Report } from "../../../reports/report.ts";
import type { Recording } from "../../model/index.ts";
import { ensureOutputFolder, removeFile, writeFileStreaming } from "./output-folder.ts";

/** Length at which the buffered text is written, in UTF-16 units: one write call per chunk of a report would be slow. */
const WRITE_BUFFER_UNITS = 1 << 16;

/** Collects what `fill` writes and passes it on in larger pieces. */
export function writeBuffered(write: (text: string) => void, fill: (write: (text: string) => void) => void): void {
  let buffer = "";
  fill((chunk) => {
    buffer += chunk;
    if (buffer.length > WRITE_BUFFER_UNITS) {
      write(buffer);
      buffer = "";
    }
  });
  write(buffer);
}

const renderBuffered = (
  report: Report,
  recording: Recording,
  write: (text: string) => void,
  options?: RenderOptions,
): void => writeBuffered(write, (chunk) => report.render(recording, chunk, options));

const renderTo = (report: Report, recording: Recording, path: string): void =>
  writeFileStreaming(path, (write) => renderBuffered(report, recording, write));

/**
 * Writes every report that is a file. Creates the folder if it does not exist. @throws a UsageError or WriteError if one of them
 * cannot be written; the others are written all the same.
 */
export function renderFiles(recording: Recording, out: string): void {
  ensureOutputFolder(out);
  const errors: unknown[] = [];
  for (const report of reports) {
    if (report.file === null) continue;
    try {
      renderTo(report, recording, join(out, report.file));
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Removes the reports of an earlier run from a folder: they do not belong to the log that is written there now. */
export function removeReports(out: string): void {
  for (const { file } of reports) if (file !== null) removeFile(join(out, file));
}

/** Writes one report to standard output. */
export function renderToStdout(recording: Recording, id: string): void {
  const report = reports.find((r) => r.id === id);
  const colour = pc.isColorSupported && process.stdout.isTTY === true;
  if (report) renderBuffered(report, recording, (text) => void process.stdout.write(text), { colour });
}
