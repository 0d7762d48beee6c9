/** assay report: renders a recorded run again, from its log alone. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { reports } from "../../reports/index.ts";
import { readRecording } from "../../reports/recording.ts";
import type { Recording } from "../model.ts";
import { renderFiles, renderHere } from "./render.ts";
import { UsageError } from "./usage.ts";

export function reportCommand(program: Command): void {
  program
    .command("report")
    .description("render reports from a recorded run")
    .argument("[log]", "the run's log", join("reports", "out", "run.ndjson"))
    .addOption(new Option("--format <format>", "one report, to standard output").choices(reports.map((r) => r.id)))
    // Both at once would leave out one of the two without a word.
    .addOption(new Option("--out <dir>", "write all report files into this folder").conflicts("format"))
    .action((log: string, options: { format?: string; out?: string }) => {
      if (!existsSync(log)) throw new UsageError(`${log}: no such log; \`assay run\` writes one`);
      const recording = opened(log);
      if (options.out) renderFiles(recording, options.out);
      else renderHere(recording, options.format ?? "console");
    });
}

/** A file that is no log is the user's fault, and said before anything is written. */
function opened(log: string): Recording {
  try {
    return readRecording(log);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
