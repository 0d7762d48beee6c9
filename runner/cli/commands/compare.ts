/** assay compare: two recorded runs side by side, or several in one table, from their logs alone. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import pc from "picocolors";
import { compareFormats } from "../../../reports/compare/index.ts";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import type { Write } from "../../../reports/report.ts";
import { compareRuns } from "../../compare/compare-runs.ts";
import { createMatrix } from "../../compare/matrix.ts";
import { UsageError } from "../errors.ts";
import { ensureOutputFolder, writeFileStreaming } from "../output/output-folder.ts";
import { readLogOrFail } from "../read-log.ts";

interface CompareOptions {
  readonly matrix?: boolean;
  readonly format: string;
  readonly out?: string;
}

export function compareCommand(program: Command): void {
  program
    .command("compare")
    .description("hold one recorded run against another, or several targets in one table")
    .argument("<logs...>", "A/run.ndjson B/run.ndjson; with --matrix any number")
    .option("--matrix", "a table with the targets as columns, and how each stands with each action")
    .addOption(
      new Option("--format <format>", "to standard output").choices(compareFormats.map((f) => f.id)).default("console"),
    )
    .option("--out <dir>", "write compare.md, compare.json and compare.html into this folder, too")
    .action(async (logs: string[], options: CompareOptions) => {
      const done = () => (options.matrix ? table(logs, options) : sideBySide(logs, options));
      process.exitCode = options.format === "console" ? await withCommandsStopped(done) : done();
    });
}

function sideBySide(logs: readonly string[], options: CompareOptions): number {
  const [a, b] = logs;
  if (logs.length !== 2 || a === undefined || b === undefined)
    throw new UsageError(`compare holds two logs side by side, not ${logs.length}; for more give --matrix`);
  const compared = compareRuns(readLogOrFail(a), readLogOrFail(b));
  print(options, (format, write, colour) => format.comparison(compared, write, { colour }));
  return compared.exit;
}

function table(logs: readonly string[], options: CompareOptions): number {
  const standing = createMatrix(logs.map(readLogOrFail));
  print(options, (format, write, colour) => format.matrix(standing, write, { colour }));
  return 0;
}

type Format = (typeof compareFormats)[number];

function print({ format: id, out }: CompareOptions, render: (format: Format, write: Write, colour: boolean) => void) {
  if (out !== undefined) writeAll(out, render);
  const format = compareFormats.find((one) => one.id === id);
  if (format === undefined) return;
  const colour = pc.isColorSupported && process.stdout.isTTY === true;
  render(format, (chunk) => void process.stdout.write(chunk), colour);
}

function writeAll(out: string, render: (format: Format, write: Write, colour: boolean) => void): void {
  ensureOutputFolder(out);
  for (const format of compareFormats)
    if (format.file !== null) writeFileStreaming(join(out, format.file), (write) => render(format, write, false));
}
