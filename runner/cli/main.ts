#!/usr/bin/env node
import { fstatSync } from "node:fs";
/** Entry point of the `assay` executable. */
import { setFlagsFromString } from "node:v8";
import { breakLogCommands } from "./output/log-commands.ts";
import { runCli } from "./program.ts";

// By default V8 lets the heap grow to several times the live objects before it collects; 40 percent keeps the memory of a long run close to that of a short one.
setFlagsFromString("--heap-growing-percent=40");

// A file such as `report --format json > FILE` is not read as a log.
breakLogCommands(
  process.env,
  [process.stdout, process.stderr].filter(({ fd }) => !fstatSync(fd).isFile()),
);

// A closed pipe (`| head`, EPIPE) or terminal (EIO) is not an error. Any other write error, such as a full disk, ends with exit code 4, but only after the command has finished its work.
let writeFailed = false;
for (const stream of [process.stdout, process.stderr])
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || (code === "EIO" && stream.isTTY) || writeFailed) return;
    writeFailed = true;
    if (stream === process.stdout) process.stderr.write(`assay failed: cannot write to standard output: ${message}\n`);
  });
process.on("exit", () => {
  if (writeFailed) process.exitCode = 4;
});

// Without this, Node.js would exit with 1, which means that the target is not as documented.
process.on("uncaughtException", ({ stack, message }) => {
  process.stderr.write(`assay failed: ${stack ?? message}\n`);
  process.exit(4);
});

process.exitCode = (await runCli(process.argv.slice(2))) ?? process.exitCode;
