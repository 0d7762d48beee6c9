/** A file → its text, or why it cannot be read as text. */

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import type { Problem } from "../problem.ts";

export function readText(file: string): string | Problem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { file, line: 1, column: 1, message: whyNot(error as NodeJS.ErrnoException) };
  }
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (wide) return { file, line: 1, column: 1, message: "the text is UTF-16; save it as UTF-8" };
  const text = bytes.toString("utf8");
  if (!isUtf8(bytes)) {
    const at = firstBadByte(bytes, text);
    const before = bytes.subarray(0, at).toString("utf8");
    const byte = (bytes[at] ?? 0).toString(16).padStart(2, "0");
    return { file, ...placeAt(before), message: `the byte ${byte} is no UTF-8; save the file as UTF-8` };
  }
  const control = controls.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const message = `the control character U+${code} may not stand here; write \\u${code} within double quotes`;
    return { file, ...placeAt(text.slice(0, control.index)), message };
  }
  return text;
}

/** What YAML leaves out of its characters, and what an editor does not show. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function whyNot(error: NodeJS.ErrnoException): string {
  if (error.code === "EISDIR") return "is a folder; expected a YAML file";
  if (error.code === "ENOENT") return "no such file";
  if (error.code === "EACCES" || error.code === "EPERM") return "may not be read; give yourself the right to read it";
  return `cannot be read (${error.code ?? error.message})`;
}

/** Where the bytes and those of the text that was made of them part. */
function firstBadByte(bytes: Buffer, text: string): number {
  const made = Buffer.from(text, "utf8");
  let at = 0;
  while (at < bytes.length && bytes[at] === made[at]) at++;
  return at;
}

function placeAt(before: string): { line: number; column: number } {
  const line = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: before.length - line };
}
