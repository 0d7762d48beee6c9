/** A log file -> its lines one after the other, each valid and in its order: a header, verdicts, coverage, a footer. */
import { closeSync, openSync } from "node:fs";
import { splitLines } from "./split-lines.ts";
import { type LogLine, parseLogLine } from "./validate-line.ts";

export interface ReadLine {
  readonly line: LogLine;
  /** Where it begins in the file, and its length without the line feed, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/**
 * The only reader of logs. An incomplete last line, as a killed run leaves it, is skipped. The first line is the header;
 * a log without any line is an error.
 * @throws an Error with file, line and remedy where the file is no such log; errors of the file system as they are.
 */
export function* readLogLines(path: string): Generator<ReadLine> {
  let hasHeader = false;
  let hasFooter = false;
  const file = openSync(path, "r");
  try {
    for (const raw of splitLines(file)) {
      const wrong = (what: string): Error => new Error(`${path}:${raw.number}: ${what}`);
      let line: LogLine;
      try {
        line = parseLogLine(raw.text);
      } catch (error) {
        if (error instanceof SyntaxError && !raw.isComplete) break;
        const { message } = error as Error;
        throw wrong(
          hasHeader
            ? `the log is damaged: ${message}`
            : `not the log of an assay run (${message}); give the run.ndjson of a run`,
        );
      }
      if (line.type === "header") {
        if (hasHeader) throw wrong("a second header; a log holds one run, so split the file");
        hasHeader = true;
      } else if (!hasHeader) {
        throw wrong("the log does not begin with a header; give the run.ndjson of a run from its first line");
      } else if (hasFooter) {
        throw wrong("a line after the footer; a log holds one run, so split the file");
      } else hasFooter = line.type === "footer";
      yield { line, offset: raw.offset, length: raw.length };
    }
  } finally {
    closeSync(file);
  }
  if (!hasHeader)
    throw new Error(`${path}: no header; this is not the log of an assay run, or the run broke off before it began`);
}
