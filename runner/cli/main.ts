#!/usr/bin/env node
/** The command line: composition root, one file a command. */
import { setFlagsFromString } from "node:v8";
import { Command, CommanderError } from "commander";
import { emulatorCommand } from "./emulator.ts";
import { explainCommand } from "./explain.ts";
import { faultsCommand } from "./faults.ts";
import { lintCommand } from "./lint.ts";
import { listCommand } from "./list.ts";
import { planCommand } from "./plan.ts";
import { reportCommand } from "./report.ts";
import { runCommand } from "./run.ts";
import { UsageError } from "./usage.ts";
import { version } from "./version.ts";

// V8 lets garbage pile up to several times what is alive; a long run is to need little more memory than a short one.
setFlagsFromString("--heap-growing-percent=40");

const program = new Command("assay")
  .description("Holds a cloud API to its documentation.")
  .version(version())
  .showHelpAfterError("(assay --help shows the commands and their options)")
  .exitOverride();

for (const add of [
  runCommand,
  planCommand,
  listCommand,
  explainCommand,
  emulatorCommand,
  faultsCommand,
  lintCommand,
  reportCommand,
])
  add(program);
for (const command of program.commands) command.exitOverride();

// A reader that goes away (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`assay failed: ${(error as Error).stack ?? String(error)}\n`);
    process.exitCode = 4;
  }
}
