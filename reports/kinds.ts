/** The kinds of causes: their order, and what a page calls them. */
import type { Kind } from "./summary/cause.ts";

/** The kinds of causes, the most urgent first. */
export const kinds: readonly Kind[] = [
  "failed",
  "errored",
  "indeterminate",
  "unimplemented",
  "skipped",
  "known",
  "warning",
];

export const kindTitles: Readonly<Record<Kind, string>> = {
  failed: "Failures",
  errored: "Errors of assay itself",
  indeterminate: "Indeterminate",
  unimplemented: "Unimplemented",
  skipped: "Skipped",
  known: "Known failures",
  warning: "Warnings",
};
