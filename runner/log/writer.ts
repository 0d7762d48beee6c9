/** The run as an append-only NDJSON file: header, verdicts, coverage, footer. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";

export interface Log {
  write(line: Header | Verdict | Coverage | Footer): void;
  close(): void;
}

/** `text` makes the line of it, without secrets. Lines are gathered: a write call for each would cost more than judging a case. */
export function fileLog(path: string, text: (line: object) => string = JSON.stringify): Log {
  const file = openSync(path, "w");
  let held: string[] = [];
  let size = 0;
  const flush = () => {
    if (held.length === 0) return;
    writeSync(file, held.join(""));
    held = [];
    size = 0;
  };
  const clock = setInterval(flush, 200);
  clock.unref();
  return {
    write(line) {
      const written = `${text(line)}\n`;
      held.push(written);
      size += written.length;
      if (size > 64 * 1024 || line.type !== "verdict") flush();
    },
    close() {
      clearInterval(clock);
      flush();
      closeSync(file);
    },
  };
}
