/** What a report is: a pure function of a recorded run that writes text in chunks. */
import type { Recording } from "../runner/model/index.ts";

export interface RenderOptions {
  /** Terminal colours; off where absent. */
  readonly colour?: boolean;
}

/** Takes the next piece of the text. Pieces are no larger than a verdict or a summary, so memory does not grow. */
export type Write = (chunk: string) => void;

export interface Report {
  readonly id: string;
  /** Its name in the folder of the run; null where a run writes none: for the terminal, or only on demand. */
  readonly file: string | null;
  /** Bytes of UTF-8 that it never exceeds, because the page that shows it would cut it; none where absent. */
  readonly limit?: number;
  readonly render: (recording: Recording, write: Write, options?: RenderOptions) => void;
}

/** The whole text of a report; for tests and for small recordings. */
export function textOf(report: Report, recording: Recording, options?: RenderOptions): string {
  const chunks: string[] = [];
  report.render(recording, (chunk) => chunks.push(chunk), options);
  return chunks.join("");
}
