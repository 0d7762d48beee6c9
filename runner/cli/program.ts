/** Command-line arguments → the exit code. Registers the commands and turns what they throw into a message and an exit code. */
import { Command, CommanderError } from "commander";
import { formatAnnotation, isGitHubActions } from "../../reports/github/workflow-commands.ts";
import { showControls } from "../../reports/text/visible-text.ts";
import { WriteError } from "../log/write-error.ts";
import { compareCommand } from "./commands/compare.ts";
import { emulatorCommand } from "./commands/emulator.ts";
import { explainCommand } from "./commands/explain.ts";
import { faultsCommand } from "./commands/faults.ts";
import { lintCommand } from "./commands/lint.ts";
import { listCommand } from "./commands/list.ts";
import { mergeCommand } from "./commands/merge.ts";
import { planCommand } from "./commands/plan.ts";
import { reportCommand } from "./commands/report.ts";
import { runCommand } from "./commands/run.ts";
import { sdkCommand } from "./commands/sdk.ts";
import { sweepCommand } from "./commands/sweep.ts";
import { UsageError } from "./errors.ts";
import { version } from "./version.ts";

const commands = [
  runCommand,
  planCommand,
  listCommand,
  explainCommand,
  emulatorCommand,
  sdkCommand,
  faultsCommand,
  lintCommand,
  sweepCommand,
  reportCommand,
  mergeCommand,
  compareCommand,
];

/** On GitHub, a run that cannot begin, and shards that cannot be merged, also report the reason as an annotation of the job. */
function annotateUsageError([name]: readonly string[], message: string): void {
  if ((name !== "run" && name !== "merge") || !isGitHubActions(process.env)) return;
  process.stdout.write(formatAnnotation({ kind: "error", title: "assay", text: showControls(message) }));
}

/**
 * `args`: the arguments without the paths of node and of the script.
 * Never throws. Returns undefined where the command itself has set `process.exitCode`.
 */
export async function runCli(args: readonly string[]): Promise<number | undefined> {
  const program = new Command("assay")
    .description("Tests a cloud API against its documentation.")
    .version(version())
    .showHelpAfterError("(assay --help lists the commands and their options)")
    .exitOverride();
  for (const addCommand of commands) addCommand(program);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      annotateUsageError(args, error.message.replace(/^error: /, ""));
      return 2;
    }
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      annotateUsageError(args, error.message);
      return 2;
    }
    process.stderr.write(`assay failed: ${describeFailure(error)}\n`);
    return 4;
  }
}

/** An error of a system call, such as a file that cannot be read, is explained by its message; any other one by its stack. */
function describeFailure(error: unknown): string {
  const { message, stack, syscall } = error as NodeJS.ErrnoException;
  return error instanceof WriteError || syscall !== undefined ? message : (stack ?? String(error));
}
