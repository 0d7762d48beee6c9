#!/usr/bin/env node
/** The command line: composition root, one file a command. */
import { setFlagsFromString } from "node:v8";
import { assay } from "./assay.ts";

// V8 lets garbage pile up to several times what is alive; a long run is to need little more memory than a short one.
setFlagsFromString("--heap-growing-percent=40");

// A reader that goes away (`| head`) is no fault, and no reason to leave anything half done.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = (await assay(process.argv.slice(2))) ?? process.exitCode;
