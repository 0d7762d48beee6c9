/** A file → its text, or the problem for which it cannot be read as UTF-8 text. */

import * as buffer from "node:buffer"; // An old Node.js, which lacks `isUtf8`, then still says that it is old.
import { readFileSync } from "node:fs";
import { MAKE_READABLE } from "../list-directory.ts";
import type { Problem } from "../problem.ts";

export function readText(file: string): string | Problem {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { file, line: 1, column: 1, message: readErrorMessage(error as NodeJS.ErrnoException) };
  }
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return { file, line: 1, column: 1, message: "the file is UTF-16; save it as UTF-8" };
  const text = bytes.toString("utf8");
  if (!buffer.isUtf8(bytes)) {
    const offset = firstBadByte(bytes, text);
    const before = bytes.subarray(0, offset).toString("utf8");
    const byte = (bytes[offset] ?? 0).toString(16).padStart(2, "0");
    return { file, ...positionAfter(before), message: `the byte 0x${byte} is not valid UTF-8; save the file as UTF-8` };
  }
  const control = controlCharacters.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const message = `the control character U+${code} is not allowed; write \\u${code} inside double quotes`;
    return { file, ...positionAfter(text.slice(0, control.index)), message };
  }
  return text;
}

/** Control characters except tab, line feed and carriage return: YAML forbids them, or editors do not show them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this pattern searches for
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function readErrorMessage(error: NodeJS.ErrnoException): string {
  if (error.code === "EISDIR") return "is a folder; expected a YAML file";
  if (error.code === "ENOENT") return "no such file; check the path";
  if (error.code === "EACCES" || error.code === "EPERM") return `no permission to read it; ${MAKE_READABLE}`;
  return `cannot be read (${error.code ?? error.message})`;
}

/** Offset of the first byte that differs once the decoded text is encoded again. */
function firstBadByte(bytes: Buffer, text: string): number {
  const reencoded = Buffer.from(text, "utf8");
  let offset = 0;
  while (offset < bytes.length && bytes[offset] === reencoded[offset]) offset++;
  return offset;
}

/** Line and column, from 1, of the character that follows a text. */
function positionAfter(before: string): { line: number; column: number } {
  const lineEnd = before.lastIndexOf("\n");
  return { line: before.split("\n").length, column: before.length - lineEnd };
}
