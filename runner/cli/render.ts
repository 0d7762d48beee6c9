/** A recorded run → its report files, and the closing words on the terminal. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { reports } from "../../reports/index.ts";
import { readRecording } from "../../reports/recording.ts";
import type { Report } from "../../reports/report.ts";
import type { Recording } from "../model.ts";

/** Pieces are gathered: a write call for each would be slow. */
function renderTo(report: Report, recording: Recording, path: string): void {
  const file = openSync(path, "w");
  let held = "";
  try {
    report.render(recording, (chunk) => {
      held += chunk;
      if (held.length > 1 << 16) {
        writeSync(file, held);
        held = "";
      }
    });
    writeSync(file, held);
  } finally {
    closeSync(file);
  }
}

export function renderAll(log: string, out: string): void {
  const recording = readRecording(log);
  for (const report of reports) if (report.file !== null) renderTo(report, recording, join(out, report.file));
}

export function renderConsole(log: string): void {
  const report = reports.find((r) => r.id === "console");
  report?.render(readRecording(log), (chunk) => void process.stdout.write(chunk), {
    colour: pc.isColorSupported && process.stdout.isTTY === true,
  });
}
