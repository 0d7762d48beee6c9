/** A recording and its counts → what is known of one of several runs. */
import type { Counts, Recording, Side } from "../model/index.ts";

export function summarizeRun({ header, footer }: Recording, counts: Counts): Side {
  const { target, run, started, seed, depth, assay, rerun } = header;
  const interrupted = footer?.interrupted === true;
  const whole =
    footer !== null &&
    !interrupted &&
    footer.planned === Object.values(counts).reduce((total, count) => total + count, 0);
  return { target, run, started, seed, depth, assay, counts, whole, interrupted, rerun };
}
