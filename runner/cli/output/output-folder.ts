/** --out DIR → an existing, writable folder. Throws a UsageError where there can be none. */
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { toWriteError } from "../../log/write-error.ts";
import { UsageError } from "../errors.ts";

export function ensureOutputFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const problem = code === "EEXIST" || code === "ENOTDIR" ? "this is a file" : `cannot be written (${code})`;
    throw new UsageError(`--out ${dir}: ${problem}; give a folder that can be written`);
  }
}

/**
 * Writes a file piece by piece under a temporary name and then renames it, so that a reader sees a whole file or none: where it
 * cannot be written, an earlier file of the same name is removed. @throws a UsageError where a folder has the name, else a
 * WriteError.
 */
export function writeFileStreaming(path: string, fill: (write: (text: string) => void) => void): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${path}: a folder has this name; remove it or use another --out`);
  const temporaryPath = `${path}.tmp`;
  const attempt = <T>(action: () => T): T => {
    try {
      return action();
    } catch (error) {
      throw toWriteError(path, error);
    }
  };
  try {
    const file = attempt(() => openSync(temporaryPath, "w"));
    try {
      // Unlike writeSync it does not stop after a part of the text.
      fill((text) => attempt(() => writeFileSync(file, text)));
    } finally {
      closeSync(file);
    }
    attempt(() => renameSync(temporaryPath, path));
  } catch (error) {
    removeFile(temporaryPath);
    removeFile(path);
    throw error;
  }
}

/** Where that is not possible, as in a read-only file system, the file stays. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The caller reports why the folder cannot be written.
  }
}
