/** A recording and its counts → what is known of one of several runs. */
import type { Counts, Recording, RunSummary } from "../model/index.ts";

export function summarizeRun({ header, footer }: Recording, counts: Counts): RunSummary {
  const { target, run, started, seed, depth, assay, rerun } = header;
  const interrupted = footer?.interrupted === true;
  const complete =
    footer !== null &&
    !interrupted &&
    footer.planned === Object.values(counts).reduce((total, count) => total + count, 0);
  return { target, run, started, seed, depth, assay, counts, complete, interrupted, rerun };
}
