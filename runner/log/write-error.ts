/** A file that a run cannot write → the error that ends the run: the file, the reason and the remedy in one sentence. */

export class WriteError extends Error {
  override name = "WriteError";
}

/** Codes of `node:fs` whose remedy is another than another folder. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "free some space",
  EDQUOT: "free some space",
  EFBIG: "allow larger files (`ulimit -f`)",
  EMFILE: "allow more open files (`ulimit -n`)",
};

/** `error`: what a function of `node:fs` threw, such as `ENOSPC: no space left on device, write`. */
export function toWriteError(path: string, error: unknown): WriteError {
  if (error instanceof WriteError) return error;
  const { code = "", message, syscall = "" } = error as NodeJS.ErrnoException;
  const text = message.replace(`${code}: `, "").replace(new RegExp(`, ${syscall}.*`, "s"), "");
  const remedy = REMEDIES[code] ?? "use another --out, or make this folder writable";
  return new WriteError(`${path}: cannot be written: ${text}${code && ` (${code})`}; ${remedy}`);
}
