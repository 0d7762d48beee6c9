/** What becomes of a case, and how many cases came to each. The one file of the model with code. */

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

export type Status = (typeof STATUSES)[number];

export type Counts = { readonly [status in Status]: number };

/** A fresh count of nothing. */
export const zeroCounts = (): { [status in Status]: number } =>
  Object.fromEntries(STATUSES.map((status) => [status, 0])) as { [status in Status]: number };

/** All eight together. */
export const totalCount = (counts: Counts): number => STATUSES.reduce((total, status) => total + counts[status], 0);

const JUDGED: ReadonlySet<Status> = new Set(["passed", "failed", "known", "observed"]);

/** True where the status is a verdict: the response was compared with the documents. */
export const isJudged = (status: Status): boolean => JUDGED.has(status);
