/** `assay compare`: compares two recorded runs, or shows several in one table. Reads only their logs. */
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
    .description("compare two recorded runs, or show several runs in one table")
    .argument("<logs...>", "two logs, A/run.ndjson and B/run.ndjson; with --matrix any number of logs")
    .option("--matrix", "print a table with one column per target and its results for each action")
    .addOption(
      new Option("--format <format>", "format of standard output")
        .choices(compareFormats.map((f) => f.id))
        .default("console"),
    )
    .option("--out <dir>", "also write compare.md, compare.json and compare.html to this folder")
    .action(async (logs: string[], options: CompareOptions) => {
      const compare = () => (options.matrix ? printMatrix(logs, options) : printComparison(logs, options));
      process.exitCode = options.format === "console" ? await withCommandsStopped(compare) : compare();
    });
}

/** Returns the exit code. */
function printComparison(logs: readonly string[], options: CompareOptions): number {
  const [a, b] = logs;
  if (logs.length !== 2 || a === undefined || b === undefined)
    throw new UsageError(`compare takes two logs, not ${logs.length}; use --matrix for another number of logs`);
  const comparison = compareRuns(readLogOrFail(a), readLogOrFail(b));
  print(options, (format, write, colour) => format.comparison(comparison, write, { colour }));
  return comparison.exit;
}

/** Returns the exit code. */
function printMatrix(logs: readonly string[], options: CompareOptions): number {
  const matrix = createMatrix(logs.map(readLogOrFail));
  print(options, (format, write, colour) => format.matrix(matrix, write, { colour }));
  return 0;
}

type Format = (typeof compareFormats)[number];

function print({ format: id, out }: CompareOptions, render: (format: Format, write: Write, colour: boolean) => void) {
  if (out !== undefined) writeAll(out, render);
  const format = compareFormats.find((f) => f.id === id);
  if (format === undefined) return;
  const colour = pc.isColorSupported && process.stdout.isTTY === true;
  render(format, (chunk) => void process.stdout.write(chunk), colour);
}

function writeAll(out: string, render: (format: Format, write: Write, colour: boolean) => void): void {
  ensureOutputFolder(out);
  for (const format of compareFormats)
    if (format.file !== null) writeFileStreaming(join(out, format.file), (write) => render(format, write, false));
}
