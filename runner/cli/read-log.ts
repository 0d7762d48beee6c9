/** A path that the user gives → the recorded run that stands there; anything else is a fault of the command. */

import { statSync } from "node:fs";
import { assertSameTarget, type PreviousRun, readPreviousRun } from "../compare/previous-run.ts";
import { readRecording } from "../log/reader.ts";
import { splitLines } from "../log/split-lines.ts";
import type { Recording } from "../model/index.ts";
import { UsageError } from "./errors.ts";

export function readLogOrFail(path: string): Recording {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new Error(`${path}: a folder; give the run.ndjson in it`);
    // It is read again and again.
    if (!found.isFile()) throw new Error(`${path}: no file; give a run.ndjson that stays where it is`);
    return readRecording(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`${path}: no such log; \`assay run\` writes one`);
    throw new UsageError(code === undefined ? message : `${path}: cannot be read (${code})`);
  }
}

/** Read whole before anything is written: the new log may take the earlier one's place. */
export function readPreviousRunOrFail(path: string, target: string): PreviousRun {
  try {
    const earlier = readPreviousRun(path, splitLines);
    assertSameTarget(earlier, target);
    return earlier;
  } catch (error) {
    throw new UsageError(`--since ${(error as Error).message}`);
  }
}
