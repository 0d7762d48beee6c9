/** A log file → its lines one after the other, validated and in the required order: header, verdicts and coverage, footer. */
import { closeSync, openSync } from "node:fs";
import { splitLines } from "./split-lines.ts";
import { LogFormatError, type LogLine, parseLogLine } from "./validate-line.ts";

export interface ReadLine {
  readonly line: LogLine;
  /** As it is in the file. */
  readonly text: string;
  /** Offset in the file, and length without the line feed, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/**
 * The only reader of logs. An incomplete last line of a killed run is skipped. The first line is the header; an empty file is
 * an error.
 * @throws an Error with file, line and remedy if the file is not such a log; errors of the file system unchanged.
 */
export function* readLogLines(path: string): Generator<ReadLine> {
  let hasHeader = false;
  let hasFooter = false;
  const file = openSync(path, "r");
  try {
    for (const raw of splitLines(file)) {
      const lineError = (problem: string): Error => new Error(`${path}:${raw.number}: ${problem}`);
      let line: LogLine;
      try {
        line = parseLogLine(raw.text);
      } catch (error) {
        if (error instanceof SyntaxError && !raw.isComplete) break;
        const { message } = error as Error;
        if (error instanceof LogFormatError) throw lineError(message);
        throw lineError(
          hasHeader
            ? `the log is damaged: ${message}`
            : `not the log of an assay run (${message}); give the run.ndjson of a run`,
        );
      }
      if (line.type === "header") {
        if (hasHeader) throw lineError("a second header; a log holds one run, so split the file");
        hasHeader = true;
      } else if (!hasHeader) {
        throw lineError("the log does not begin with a header; give the run.ndjson of a run from its first line");
      } else if (hasFooter) {
        throw lineError("a line after the footer; a log holds one run, so split the file");
      } else hasFooter = line.type === "footer";
      yield { line, text: raw.text, offset: raw.offset, length: raw.length };
    }
  } finally {
    closeSync(file);
  }
  if (!hasHeader)
    throw new Error(
      `${path}:1: no header; not the log of an assay run, or the run broke off before it began; give the run.ndjson of a run`,
    );
}
