/** --out DIR → a folder that is there and can be written; anything else is a fault of the command. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { UsageError } from "./usage.ts";

export function outFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const what = code === "EEXIST" || code === "ENOTDIR" ? "a file stands there" : `it cannot be written (${code})`;
    throw new UsageError(`--out ${dir}: ${what}; name a folder`);
  }
}
