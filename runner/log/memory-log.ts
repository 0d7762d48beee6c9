/** The log of a run that writes no file: its lines, as a file would hold them. */
import type { Coverage, Footer, Header, Verdict } from "../model/index.ts";
import { recordingInMemory } from "./reader.ts";
import type { Log } from "./writer.ts";

/** `serialize` gives the text of a line, without secrets. Memory grows with the number of verdicts. */
export function memoryLog(serialize: (line: object) => string): Log {
  let header: Header | undefined;
  let footer: Footer | null = null;
  const verdicts: Verdict[] = [];
  const coverage: Coverage[] = [];
  return {
    write(line) {
      const written = JSON.parse(serialize(line)) as typeof line;
      if (written.type === "header") header = written;
      else if (written.type === "footer") footer = written;
      else if (written.type === "verdict") verdicts.push(written);
      else coverage.push(written);
    },
    close: () => undefined,
    recording() {
      if (!header) throw new Error("the run has no header: executeRun writes it first");
      return recordingInMemory(header, verdicts, footer, coverage);
    },
  };
}
