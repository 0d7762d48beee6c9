/** Verdict → the cause that it counts under: its kind and the signatures of its findings. */
import { type FindingSignature, findingSignature, signatureKey } from "../../runner/check/finding-signature.ts";
import type { Finding, Status, Verdict } from "../../runner/model/index.ts";

/** What a cause is a cause of: a status other than passed and observed, or warnings of passed cases. */
export type CauseKind = Exclude<Status, "passed" | "observed"> | "warning";

/** Verdicts with one key have one cause. A reason stands in where a status has no findings. */
export interface CauseSignature {
  readonly status: CauseKind;
  readonly findings: readonly FindingSignature[];
  readonly reason: string;
}

/** The findings that decided a verdict: the `must` ones; all of them where a strict run failed on `should` alone. */
export function decidingFindings(verdict: Verdict): readonly Finding[] {
  const must = verdict.findings.filter((finding) => finding.level === "must");
  return must.length > 0 ? must : verdict.findings;
}

/** The warnings of a verdict: `should` findings ride along with a passed case; elsewhere they are no warnings. */
export function warningFindings(verdict: Verdict): readonly Finding[] {
  return verdict.status === "passed" ? verdict.findings.filter((finding) => finding.level === "should") : [];
}

const BLOCKED_REASON = "a needed call was not accepted";

/** Two calls of a case may fail in one way. */
const distinct = (findings: readonly Finding[]): readonly FindingSignature[] => [
  ...new Map(findings.map(findingSignature).map((signature) => [signatureKey(signature), signature])).values(),
];

/** What a verdict counts under: null for one that passed without a warning, and for one that was only observed. */
export function causeKey(verdict: Verdict): CauseSignature | null {
  const { status, blockedBy } = verdict;
  if (status === "observed") return null;
  if (status === "passed") {
    const warnings = warningFindings(verdict);
    return warnings.length === 0 ? null : { status: "warning", findings: distinct(warnings), reason: "" };
  }
  const found = status === "failed" || status === "known" ? decidingFindings(verdict) : [];
  if (found.length > 0) return { status, findings: distinct(found), reason: "" };
  // Whatever waits for it, and as what: it is one cause.
  if (blockedBy !== undefined) return { status, findings: [], reason: `${BLOCKED_REASON}: ${blockedBy.response}` };
  return { status, findings: [], reason: verdict.reason || verdict.actual };
}

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
