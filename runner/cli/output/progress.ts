/** Progress of a run: a bar on a terminal, plain lines elsewhere, nothing where quiet is asked for. */
import { bar } from "./progress-bar.ts";
import { lines } from "./progress-lines.ts";
import type { Progress, Showing } from "./progress-types.ts";

export function progress(showing: Showing, quiet = false): Progress {
  if (quiet) return { cases: showing.cases, onVerdict: () => undefined, done: () => undefined };
  return showing.stream.isTTY ? bar(showing) : lines(showing);
}
