/** What a run came to → its exit code: the first that holds. */
import type { Counts, Status } from "../model.ts";

export interface Ending {
  readonly planned: number;
  readonly counts: Counts;
  readonly interrupted: boolean;
  readonly stale: number;
  /** Skipped and unimplemented cases that stand under the target's `lacks`. */
  readonly excused: number;
  /** Warnings count as failures with --strict. */
  readonly strictWarnings: number;
  /** Selected actions without a passed verdict, that `lacks` does not name and that had more than `may` cases. */
  readonly unproved: number;
}

export const statuses: readonly Status[] = [
  "passed",
  "failed",
  "known",
  "observed",
  "skipped",
  "unimplemented",
  "indeterminate",
  "errored",
];

export function exitCode(e: Ending): number {
  const sum = statuses.reduce((n, s) => n + e.counts[s], 0);
  if (e.interrupted) return 130;
  if (e.counts.errored > 0 || sum !== e.planned) return 4;
  if (e.counts.failed > 0 || e.stale > 0 || e.strictWarnings > 0) return 1;
  const open = e.counts.skipped + e.counts.unimplemented - e.excused;
  if (e.counts.indeterminate > 0 || open > 0 || e.unproved > 0) return 3;
  return 0;
}
