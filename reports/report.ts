/** Report: a pure function of a recorded run that writes text in chunks. */
import type { Recording } from "../runner/model/index.ts";

export interface RenderOptions {
  /** Terminal colours; off where absent. */
  readonly colour?: boolean;
}

/** Receives the next chunk of the text. A chunk holds at most one verdict or one summary, so memory does not grow with the run. */
export type Write = (chunk: string) => void;

export interface Report {
  readonly id: string;
  /** File name in the output folder of a run; null where a run writes no file: for the terminal, or only on demand. */
  readonly file: string | null;
  /** Largest size in bytes of UTF-8, because the page that shows the report would cut it; unlimited where absent. */
  readonly limit?: number;
  readonly render: (recording: Recording, write: Write, options?: RenderOptions) => void;
}

/** The whole text of a report, for tests and small recordings. */
export function textOf(report: Report, recording: Recording, options?: RenderOptions): string {
  const chunks: string[] = [];
  report.render(recording, (chunk) => chunks.push(chunk), options);
  return chunks.join("");
}
