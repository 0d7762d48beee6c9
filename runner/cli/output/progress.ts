/** Progress of a run: a bar on a terminal, plain lines otherwise, nothing with --quiet. */
import { createProgressBar } from "./progress-bar.ts";
import { createProgressLines } from "./progress-lines.ts";
import type { Progress, ProgressOptions } from "./progress-types.ts";

export function progress(options: ProgressOptions, quiet = false): Progress {
  if (quiet) return { cases: options.cases, onVerdict: () => undefined, done: () => undefined };
  return options.stream.isTTY ? createProgressBar(options) : createProgressLines(options);
}
