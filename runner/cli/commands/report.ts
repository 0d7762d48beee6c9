/** `assay report`: renders the reports of a recorded run from its log. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { reports } from "../../../reports/index.ts";
import { renderFiles, renderToStdout } from "../output/render.ts";
import { readLogOrFail } from "../read-log.ts";

export function reportCommand(program: Command): void {
  program
    .command("report")
    .description("render the reports of a recorded run from its log")
    .argument("[log]", "log of the run", join("reports", "out", "run.ndjson"))
    .addOption(
      new Option("--format <format>", "print one report to standard output (default: console)").choices(
        reports.map((r) => r.id),
      ),
    )
    // --format and --out are exclusive: with both, one of them would be ignored silently.
    .addOption(new Option("--out <dir>", "write all report files to this folder").conflicts("format"))
    .action(async (log: string, { format = "console", out }: { format?: string; out?: string }) => {
      const recording = readLogOrFail(log);
      if (out) renderFiles(recording, out);
      else if (format === "console") await withCommandsStopped(() => renderToStdout(recording, format));
      else renderToStdout(recording, format);
    });
}
