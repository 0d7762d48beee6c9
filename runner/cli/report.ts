/** assay report: renders a recorded run again, from its log alone. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import pc from "picocolors";
import { reports } from "../../reports/index.ts";
import { readRecording } from "../../reports/recording.ts";
import { renderAll } from "./render.ts";
import { UsageError } from "./usage.ts";

export function reportCommand(program: Command): void {
  program
    .command("report")
    .description("render reports from a recorded run")
    .argument("[log]", "the run's log", join("reports", "out", "run.ndjson"))
    .addOption(new Option("--format <format>", "one report, to standard output").choices(reports.map((r) => r.id)))
    .option("--out <dir>", "write all report files into this folder")
    .action((log: string, options: { format?: string; out?: string }) => {
      if (!existsSync(log)) throw new UsageError(`${log}: no such log; \`assay run\` writes one`);
      if (options.out) return renderAll(log, options.out);
      const report = reports.find((r) => r.id === (options.format ?? "console"));
      report?.render(readRecording(log), (chunk) => void process.stdout.write(chunk), {
        colour: pc.isColorSupported && process.stdout.isTTY === true,
      });
    });
}
