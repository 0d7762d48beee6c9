/** The log of a run as an append-only NDJSON file: header, verdicts, coverage, footer. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";

export interface Log {
  write(line: Header | Verdict | Coverage | Footer): void;
  close(): void;
}

/** How long lines are buffered. A write call for each line would take longer than the evaluation of a case. */
const FLUSH_INTERVAL_MS = 200;
/** In UTF-16 units. */
const MAX_BUFFERED_LENGTH = 64 * 1024;

/** `serialize` gives the text of a line, without secrets. */
export function fileLog(path: string, serialize: (line: object) => string = JSON.stringify): Log {
  const file = openSync(path, "w");
  let buffered: string[] = [];
  let size = 0;
  const flush = () => {
    if (buffered.length === 0) return;
    writeSync(file, buffered.join(""));
    buffered = [];
    size = 0;
  };
  const interval = setInterval(flush, FLUSH_INTERVAL_MS);
  interval.unref();
  return {
    write(line) {
      const text = `${serialize(line)}\n`;
      buffered.push(text);
      size += text.length;
      if (size > MAX_BUFFERED_LENGTH || line.type !== "verdict") flush();
    },
    close() {
      clearInterval(interval);
      flush();
      closeSync(file);
    },
  };
}
