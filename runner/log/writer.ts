/** The log of a run as an append-only NDJSON file: header, verdicts and coverage, footer. */
import { closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import type { Coverage, Footer, Header, Recording, Verdict } from "../model/index.ts";
import { createLogIndex } from "./indexed-recording.ts";
import { toWriteError, WriteError } from "./write-error.ts";

export interface Log {
  /** @throws a WriteError if an earlier line could not be written, or this one cannot. */
  write(line: Header | Verdict | Coverage | Footer): void;
  /** @throws a WriteError as `write` does. Must be called once. */
  close(): void;
  /** What was written, after `close`: the same as reading the file again, but not validated a second time. */
  recording(): Recording;
}

/** How long lines are buffered. A write call for each line would take longer than the evaluation of a case. */
const FLUSH_INTERVAL_MS = 200;
/** In UTF-16 units. */
const MAX_BUFFERED_LENGTH = 64 * 1024;

/** `serialize` gives the text of a line, without secrets. @throws a WriteError. */
export function fileLog(path: string, serialize: (line: object) => string = JSON.stringify): Log {
  let failure: WriteError | undefined;
  const attempt = <T>(write: () => T): T => {
    try {
      return write();
    } catch (error) {
      failure = toWriteError(path, error);
      throw failure;
    }
  };
  const file = attempt(() => openSync(path, "w"));
  let buffered: string[] = [];
  let size = 0;
  const index = createLogIndex(path);
  let offset = 0;
  const flush = () => {
    // Nothing follows an incomplete write, so that only the last line of the file can be incomplete.
    if (failure) throw failure;
    if (buffered.length === 0) return;
    attempt(() => {
      writeFileSync(file, buffered.join(""));
      // A deleted file can still be written.
      if (!existsSync(path)) throw new WriteError(`${path}: was deleted during the run; run again`);
    });
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
      if (failure) throw failure;
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
      try {
        flush();
      } finally {
        closeSync(file);
      }
    },
    recording: () => index.recording(),
  };
}
