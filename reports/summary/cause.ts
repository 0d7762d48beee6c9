/** Verdict → the cause that it counts under: its kind and the signatures of its findings. */
import { type FindingSignature, findingSignature, signatureKey } from "../../runner/check/finding-signature.ts";
import type { Finding, Status, Verdict } from "../../runner/model/index.ts";

/** What a group of cases with one cause has in common: a status other than passed and observed, or warnings of passed cases. */
export type CauseKind = Exclude<Status, "passed" | "observed"> | "warning";

/** Verdicts with equal signatures have one cause. `reason` is empty if there are findings. */
export interface CauseSignature {
  readonly status: CauseKind;
  readonly findings: readonly FindingSignature[];
  readonly reason: string;
}

/** The findings that decided a verdict: those of level `must`, or all of them if a strict run failed because of `should` findings only. */
export function decidingFindings(verdict: Verdict): readonly Finding[] {
  const must = verdict.findings.filter((finding) => finding.level === "must");
  return must.length > 0 ? must : verdict.findings;
}

/** The warnings of a verdict: the `should` findings of a passed case. Verdicts of other statuses have no warnings. */
export function warningFindings(verdict: Verdict): readonly Finding[] {
  return verdict.status === "passed" ? verdict.findings.filter((finding) => finding.level === "should") : [];
}

const BLOCKED_REASON = "a needed call was not accepted";

/** Signatures without duplicates: two calls of a case may fail in the same way. */
const distinct = (findings: readonly Finding[]): readonly FindingSignature[] => [
  ...new Map(findings.map(findingSignature).map((signature) => [signatureKey(signature), signature])).values(),
];

/** The cause of a verdict; null if it passed without a warning or was only observed. */
export function causeKey(verdict: Verdict): CauseSignature | null {
  const { status, blockedBy } = verdict;
  if (status === "observed") return null;
  if (status === "passed") {
    const warnings = warningFindings(verdict);
    return warnings.length === 0 ? null : { status: "warning", findings: distinct(warnings), reason: "" };
  }
  const deciding = status === "failed" || status === "known" ? decidingFindings(verdict) : [];
  if (deciding.length > 0) return { status, findings: distinct(deciding), reason: "" };
  // All cases that a response blocks have one cause, whichever call they needed.
  if (blockedBy !== undefined) return { status, findings: [], reason: `${BLOCKED_REASON}: ${blockedBy.response}` };
  return { status, findings: [], reason: verdict.reason || verdict.actual };
}

/** The kinds of causes in the order of a report, the most urgent first. */
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
