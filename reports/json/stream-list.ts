/** Items → a JSON array with one item on each line, streamed. */
import type { Write } from "../report.ts";
import { json } from "../text/visible-text.ts";

/** `indent`: of the line on which the array begins. Nothing is written after the closing bracket. */
export function streamJsonList(write: Write, items: Iterable<unknown>, indent: string): void {
  write("[");
  let separator = "\n";
  for (const item of items) {
    write(`${separator}${indent}  ${json(item)}`);
    separator = ",\n";
  }
  write(separator === "\n" ? "]" : `\n${indent}]`);
}
