/** The eight statuses in the order in which every report counts them. */
import type { Counts, Status } from "../runner/model.ts";

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

/** All eight together. */
export function sum(counts: Counts): number {
  return statuses.reduce((total, status) => total + counts[status], 0);
}
