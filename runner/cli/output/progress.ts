/** Progress of a run: a bar on a terminal, plain lines elsewhere, nothing where quiet is asked for. */
import { createProgressBar } from "./progress-bar.ts";
import { createProgressLines } from "./progress-lines.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";

export function progress(showing: ProgressOptions, quiet = false): Progress {
  if (quiet) return { cases: showing.cases, onVerdict: () => undefined, done: () => undefined };
  return showing.stream.isTTY ? createProgressBar(showing) : createProgressLines(showing);
}
