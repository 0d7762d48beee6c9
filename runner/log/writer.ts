/** The log of a run as an append-only NDJSON file: header, verdicts and coverage, footer. */
import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { createLogIndex } from "./indexed-recording.ts";

export interface Log {
  write(line: Header | Verdict | Coverage | Footer): void;
  close(): void;
  /** What was written, after `close`: the same as reading the file again, but not validated a second time. */
  recording(): Recording;
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
  const index = createLogIndex(path);
  let offset = 0;
  const flush = () => {
    if (buffered.length === 0) return;
    writeFileSync(file, buffered.join(""));
    buffered = [];
    size = 0;
  };
  // An error here would end the process at once. The next call of `write` or `close` throws it again.
  const flushQuietly = () => {
    try {
      flush();
    } catch {
      clearInterval(interval);
    }
  };
  const interval = setInterval(flushQuietly, FLUSH_INTERVAL_MS);
  interval.unref();
  return {
    write(line) {
      const text = serialize(line);
      buffered.push(text, "\n");
      const length = Buffer.byteLength(text);
      // The header and the footer of the recording are those of the file, without secrets.
      index.add(line.type === "verdict" || line.type === "coverage" ? line : JSON.parse(text), offset, length);
      offset += length + 1;
      size += text.length;
      if (size > MAX_BUFFERED_LENGTH || line.type !== "verdict") flush();
    },
    close() {
      clearInterval(interval);
      flush();
      closeSync(file);
    },
    recording: () => index.recording(),
  };
}
