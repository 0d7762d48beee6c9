/** The status of a case, and counts of statuses. */

/** In the order in which every report counts them. */
export const STATUSES = [
  "passed",
  "failed",
  "known",
  "observed",
  "skipped",
  "unimplemented",
  "indeterminate",
  "errored",
] as const;

/**
 * `passed`: as documented. `failed`: contradicts a document. `known`: fails as a known failure describes. `observed`: no
 * document decides. `skipped`: the target does not have a required resource or binding. `unimplemented`: it does not implement the action.
 * `indeterminate`: no response that decides the case. `errored`: an error of assay itself.
 */
export type Status = (typeof STATUSES)[number];

/** Number of cases by status. */
export type Counts = { readonly [status in Status]: number };

/** Counts to add to: 0 for each status. */
export const zeroCounts = (): { [status in Status]: number } =>
  Object.fromEntries(STATUSES.map((status) => [status, 0])) as { [status in Status]: number };

/** The number of all cases. */
export const totalCount = (counts: Counts): number => STATUSES.reduce((total, status) => total + counts[status], 0);

const JUDGED: ReadonlySet<Status> = new Set(["passed", "failed", "known", "observed"]);

/** True where the status is a verdict: the response was compared with the documents. */
export const isJudged = (status: Status): boolean => JUDGED.has(status);
