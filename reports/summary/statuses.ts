/** The eight statuses in the order in which every report counts them. */
import type { Counts, Status } from "../../runner/model/index.ts";

/** A fresh count of nothing; the type holds it to all eight. */
export function zero(): { [status in Status]: number } {
  return {
    passed: 0,
    failed: 0,
    known: 0,
    observed: 0,
    skipped: 0,
    unimplemented: 0,
    indeterminate: 0,
    errored: 0,
  } satisfies Counts;
}

export const statuses = Object.keys(zero()) as readonly Status[];

/** The worst first; what is only observed says less than what passed. */
export const worstFirst: readonly Status[] = [
  "errored",
  "failed",
  "indeterminate",
  "known",
  "unimplemented",
  "skipped",
  "passed",
  "observed",
];

/** All eight together. */
export function sum(counts: Counts): number {
  return statuses.reduce((total, status) => total + counts[status], 0);
}
