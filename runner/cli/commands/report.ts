/** assay report: renders a recorded run again, from its log alone. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { reports } from "../../../reports/index.ts";
import { renderFiles, renderToStdout } from "../output/render.ts";
import { readLogOrFail } from "../read-log.ts";

export function reportCommand(program: Command): void {
  program
    .command("report")
    .description("render reports from a recorded run")
    .argument("[log]", "the run's log", join("reports", "out", "run.ndjson"))
    .addOption(
      new Option("--format <format>", "one report, to standard output (default: console)").choices(
        reports.map((r) => r.id),
      ),
    )
    // Both at once would leave out one of the two without a word.
    .addOption(new Option("--out <dir>", "write all report files into this folder").conflicts("format"))
    .action(async (log: string, { format = "console", out }: { format?: string; out?: string }) => {
      const recording = readLogOrFail(log);
      if (out) renderFiles(recording, out);
      else if (format === "console") await withCommandsStopped(() => renderToStdout(recording, format));
      else renderToStdout(recording, format);
    });
}
