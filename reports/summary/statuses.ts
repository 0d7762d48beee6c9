/** The statuses in order of severity. */
import type { Status } from "../../runner/model/index.ts";

/** The worst first; `observed` is last, because it says nothing about conformance. */
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
