/** A recorded run → its report files, and the closing words on the terminal. */
import { join } from "node:path";
import pc from "picocolors";
import { reports } from "../../../reports/index.ts";
import type { RenderOptions, Report } from "../../../reports/report.ts";
import { readRecording } from "../../log/reader.ts";
import type { Recording } from "../../model/index.ts";
import { ensureOutputFolder, writeFileStreaming } from "./output-folder.ts";

/** Pieces are gathered: a write call for each would be slow. */
function renderBuffered(
  report: Report,
  recording: Recording,
  write: (text: string) => void,
  options?: RenderOptions,
): void {
  let held = "";
  report.render(
    recording,
    (chunk) => {
      held += chunk;
      if (held.length > 1 << 16) {
        write(held);
        held = "";
      }
    },
    options,
  );
  write(held);
}

const renderTo = (report: Report, recording: Recording, path: string): void =>
  writeFileStreaming(path, (write) => renderBuffered(report, recording, write));

/** Every report that is a file, into a folder that is made where it is not there. */
export function renderFiles(recording: Recording, out: string): void {
  ensureOutputFolder(out);
  for (const report of reports) if (report.file !== null) renderTo(report, recording, join(out, report.file));
}

/** One report to standard output. */
export function renderToStdout(recording: Recording, id: string): void {
  const report = reports.find((r) => r.id === id);
  const colour = pc.isColorSupported && process.stdout.isTTY === true;
  if (report) renderBuffered(report, recording, (text) => void process.stdout.write(text), { colour });
}

export const renderAll = (log: string, out: string): void => renderFiles(readRecording(log), out);

export const renderConsole = (log: string): void => renderToStdout(readRecording(log), "console");
