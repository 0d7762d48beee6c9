/** The result of a run -> its exit code. The conditions are tested in order; the first that holds decides. */

import type { ChangesSince, Counts } from "../model/index.ts";
import { totalCount } from "../model/status.ts";

export interface RunOutcome {
  readonly planned: number;
  readonly counts: Counts;
  readonly interrupted: boolean;
  readonly staleKnownFailures: number;
  /** Skipped and unimplemented cases that the target file declares under `unsupported`. */
  readonly declaredByTarget: number;
  /** Warnings with --strict, where they count as failures; else 0. */
  readonly strictWarnings: number;
  /** Selected actions without a passed verdict that `unsupported` does not name and that have a case whose level is not `may`. */
  readonly actionsWithoutPass: number;
  /** Resources that the target lost. */
  readonly lost?: number;
  /** Cases of which the target may have died. */
  readonly died?: number;
  /** Resources that remain on the target, without those that known failures created. */
  readonly leftovers: number;
  /** With --since: only differences from the earlier run decide. */
  readonly since?: Pick<ChangesSince, "compared" | "failing" | "newlyUndecided">;
}

export function exitCode(outcome: RunOutcome): number {
  const { counts, planned, since, lost = 0, died = 0 } = outcome;
  if (outcome.interrupted) return 130;
  if (counts.errored > 0 || totalCount(counts) !== planned) return 4;
  if (lost > 0 || died > 0) return 1;
  if (since) return sinceCode(outcome, since);
  if (counts.failed > 0 || outcome.staleKnownFailures > 0 || outcome.strictWarnings > 0) return 1;
  const undeclared = counts.skipped + counts.unimplemented - outcome.declaredByTarget;
  const undecided = counts.indeterminate > 0 || undeclared > 0 || outcome.actionsWithoutPass > 0;
  return undecided || outcome.leftovers > 0 ? 3 : 0;
}

/** A run without a case to compare is not a success, unless the target file declares every planned case as unsupported. */
function sinceCode(
  { staleKnownFailures, planned, declaredByTarget, leftovers }: RunOutcome,
  { compared, failing, newlyUndecided }: NonNullable<RunOutcome["since"]>,
): number {
  if (failing > 0 || staleKnownFailures > 0) return 1;
  return newlyUndecided > 0 || leftovers > 0 || (compared === 0 && planned > declaredByTarget) ? 3 : 0;
}
