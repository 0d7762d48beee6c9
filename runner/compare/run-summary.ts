/** A recording and its counts -> the summary of one of several runs. */
import type { Counts, Recording, RunSummary } from "../model/index.ts";
import { totalCount } from "../model/status.ts";

export function summarizeRun({ header, footer }: Recording, counts: Counts): RunSummary {
  const { target, run, started, seed, depth, assay, rerun } = header;
  const interrupted = footer?.interrupted === true;
  const complete = footer !== null && !interrupted && footer.planned === totalCount(counts);
  return { target, run, started, seed, depth, assay, counts, complete, interrupted, rerun };
}
