/** --out DIR → an existing, writable folder. Throws a UsageError where there can be none. */
import { accessSync, closeSync, constants, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
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

/** Writes a file piece by piece, or removes what was written. Throws a UsageError where it cannot be opened for writing. */
export function writeFileStreaming(path: string, fill: (write: (text: string) => void) => void): void {
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const problem =
      code === "EISDIR" ? "a folder has this name; remove it or use another --out" : `cannot be written (${code})`;
    throw new UsageError(`${path}: ${problem}`);
  }
  try {
    // Unlike writeSync it does not stop after a part of the text.
    fill((text) => void writeFileSync(file, text));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
