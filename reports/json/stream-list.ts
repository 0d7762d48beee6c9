/** Items → a list in JSON, one a line, each written as it comes. */
import type { Write } from "../report.ts";
import { json } from "../text/visible-text.ts";

/** `indent` is that of the line on which the list begins; nothing is written after its closing bracket. */
export function streamJsonList(write: Write, items: Iterable<unknown>, indent: string): void {
  write("[");
  let separator = "\n";
  for (const item of items) {
    write(`${separator}${indent}  ${json(item)}`);
    separator = ",\n";
  }
  write(separator === "\n" ? "]" : `\n${indent}]`);
}
