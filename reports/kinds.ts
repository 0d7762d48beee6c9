/** The kinds of causes: their order, and what a page calls them. */
import type { CauseKind } from "./summary/cause.ts";

/** The kinds of causes, the most urgent first. */
export const CAUSE_KINDS: readonly CauseKind[] = [
  "failed",
  "errored",
  "indeterminate",
  "unimplemented",
  "skipped",
  "known",
  "warning",
];

export const CAUSE_TITLES: Readonly<Record<CauseKind, string>> = {
  failed: "Failures",
  errored: "Errors of assay itself",
  indeterminate: "Indeterminate",
  unimplemented: "Unimplemented",
  skipped: "Skipped",
  known: "Known failures",
  warning: "Warnings",
};
