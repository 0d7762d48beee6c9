/** The run as an append-only NDJSON file: header, verdicts, coverage, footer. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { Coverage, Footer, Header, Verdict } from "../model.ts";

export interface Log {
  write(line: Header | Verdict | Coverage | Footer): void;
  close(): void;
}

/** Lines are gathered for a moment: a write call for each would cost more than judging a case. */
export function fileLog(path: string): Log {
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
      const text = `${JSON.stringify(line)}\n`;
      held.push(text);
      size += text.length;
      if (size > 64 * 1024 || line.type !== "verdict") flush();
    },
    close() {
      clearInterval(clock);
      flush();
      closeSync(file);
    },
  };
}
