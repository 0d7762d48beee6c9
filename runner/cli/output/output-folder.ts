/** --out DIR → a folder that is there and can be written; anything else is a fault of the command. */
import { accessSync, closeSync, constants, mkdirSync, openSync, writeSync } from "node:fs";
import { UsageError } from "../errors.ts";

export function ensureOutputFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const what = code === "EEXIST" || code === "ENOTDIR" ? "a file stands there" : `it cannot be written (${code})`;
    throw new UsageError(`--out ${dir}: ${what}; name a folder`);
  }
}

/** A file that is written piece by piece. One that cannot be written is a fault of the command. */
export function writeFileStreaming(path: string, fill: (write: (text: string) => void) => void): void {
  let file: number;
  try {
    file = openSync(path, "w");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path}: ${code === "EISDIR" ? "a folder stands there" : `it cannot be written (${code})`}`);
  }
  try {
    fill((text) => void writeSync(file, text));
  } finally {
    closeSync(file);
  }
}
