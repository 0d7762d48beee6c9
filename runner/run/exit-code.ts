/** What a run came to → its exit code: the first that holds. */

import type { ChangesSince, Counts } from "../model/index.ts";
import { totalCount } from "../model/status.ts";

export interface RunOutcome {
  readonly planned: number;
  readonly counts: Counts;
  readonly interrupted: boolean;
  readonly stale: number;
  /** Skipped and unimplemented cases that stand under the target's `lacks`. */
  readonly excused: number;
  /** Warnings count as failures with --strict. */
  readonly strictWarnings: number;
  /** Selected actions without a passed verdict, that `lacks` does not name and that had more than `may` cases. */
  readonly actionsWithoutPass: number;
  /** What is left behind on the target, but for what known failures have made. */
  readonly left: number;
  /** With --since: what differs from the earlier run decides, and not what is as it was. */
  readonly since?: Pick<ChangesSince, "compared" | "failing" | "newlyUndecided">;
}

export function exitCode(e: RunOutcome): number {
  const sum = totalCount(e.counts);
  if (e.interrupted) return 130;
  if (e.counts.errored > 0 || sum !== e.planned) return 4;
  if (e.since) return sinceCode(e, e.since);
  if (e.counts.failed > 0 || e.stale > 0 || e.strictWarnings > 0) return 1;
  const open = e.counts.skipped + e.counts.unimplemented - e.excused;
  if (e.counts.indeterminate > 0 || open > 0 || e.actionsWithoutPass > 0 || e.left > 0) return 3;
  return 0;
}

/** A comparison of nothing is no green, unless the target announced that it lacks all of it. */
function sinceCode(
  { stale, planned, excused, left }: RunOutcome,
  { compared, failing, newlyUndecided }: NonNullable<RunOutcome["since"]>,
): number {
  if (failing > 0 || stale > 0) return 1;
  return newlyUndecided > 0 || left > 0 || (compared === 0 && planned > excused) ? 3 : 0;
}
