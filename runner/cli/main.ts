#!/usr/bin/env node
/** The command line: composition root, one file a command. */
import { setFlagsFromString } from "node:v8";
import { runCli } from "./program.ts";

// V8 lets garbage pile up to several times what is alive; a long run is to need little more memory than a short one.
setFlagsFromString("--heap-growing-percent=40");

// A reader that goes away (`| head`) is no fault. A disk that is full is one; neither is a reason to leave anything half done.
let broken = false;
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || broken) return;
    broken = true;
    if (stream === process.stdout) process.stderr.write(`assay failed: its output cannot be written: ${message}\n`);
  });
process.on("exit", () => {
  if (broken) process.exitCode = 4;
});

process.exitCode = (await runCli(process.argv.slice(2))) ?? process.exitCode;
