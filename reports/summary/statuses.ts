/** The eight statuses in the order in which every report counts them. */
import type { Counts, Status } from "../../runner/model/index.ts";

/** A fresh count of nothing; the type holds it to all eight. */
export function zeroCounts(): { [status in Status]: number } {
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

export const STATUSES = Object.keys(zeroCounts()) as readonly Status[];

/** The worst first; what is only observed says less than what passed. */
export const STATUSES_BY_SEVERITY: readonly Status[] = [
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
export function totalCount(counts: Counts): number {
  return STATUSES.reduce((total, status) => total + counts[status], 0);
}
