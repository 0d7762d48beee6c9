/** The path of a log → the recorded run. Throws a UsageError where the path is not a readable log. */
import { statSync } from "node:fs";
import { assertSameTarget, type PreviousRun, readPreviousRun } from "../compare/previous-run.ts";
import { readRecording } from "../log/reader.ts";
import { readShardLog, type ShardLog } from "../merge/shard-log.ts";
import type { Recording } from "../model/index.ts";
import { UsageError } from "./errors.ts";

export const readShardLogOrFail = (path: string): ShardLog => readLog("", path, () => readShardLog(path));

export const readLogOrFail = (path: string): Recording => readLog("", path, () => readRecording(path));

/** Reads the whole log before this run writes anything, because the new log may replace it. `nameOf`: see assertSameTarget. */
export const readPreviousRunOrFail = (
  path: string,
  target: string,
  nameOf?: Parameters<typeof assertSameTarget>[2],
): PreviousRun =>
  readLog("--since ", path, () => {
    const previousRun = readPreviousRun(path);
    assertSameTarget(previousRun, target, nameOf);
    return previousRun;
  });

/** Turns every failure into a UsageError. `option`: prefix of the message, such as `--since `. */
function readLog<T>(option: string, path: string, read: () => T): T {
  try {
    const file = statSync(path);
    if (file.isDirectory()) throw new Error(`${path}: this is a folder; give the run.ndjson in it`);
    // The log is read several times, so a pipe or a device does not do.
    if (!file.isFile()) throw new Error(`${path}: not a regular file; give the path of a run.ndjson`);
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`${option}${path}: file not found; \`assay run\` writes such a log`);
    throw new UsageError(option + (code === undefined ? message : `${path}: cannot be read (${code})`));
  }
}
