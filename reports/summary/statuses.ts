/** The statuses by their weight in a report. */
import type { Status } from "../../runner/model/index.ts";

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
