/** Verdict → failure signature: what failed, where and how, without any value of the target's. */
import type { Finding, Json, Status, Verdict } from "../../runner/model/index.ts";

/** The same four facts as a known failure. `actual` is a code of a refusal, else a JSON type. */
export interface Signature {
  readonly check: string;
  readonly location: string;
  readonly expected: readonly string[];
  readonly actual: string;
}

/** What a cause is a cause of: a status other than passed and observed, or warnings of passed cases. */
export type CauseKind = Exclude<Status, "passed" | "observed"> | "warning";

/** Verdicts with one key have one cause. A reason stands in where a status has no findings. */
export interface CauseSignature {
  readonly status: CauseKind;
  readonly findings: readonly Signature[];
  readonly reason: string;
}

function jsonType(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Codes are what a document lists, or the one outcome that the case waits for; anything else may be a made value. */
function expectedCodes(verdict: Verdict, expected: Json): readonly string[] {
  if (Array.isArray(expected)) return expected.filter((one) => typeof one === "string");
  if (typeof expected !== "string") return [];
  const codes = verdict.expect.outcome === "refused" ? verdict.expect.codes : [];
  return expected === "success" || expected === "refused" || codes.includes(expected) ? [expected] : [];
}

/** A finding's signature. Text of the target is a code only where the verdict says that this code was seen. */
export function signatureOf(verdict: Verdict, finding: Finding): Signature {
  return {
    check: finding.check,
    location: finding.location,
    expected: expectedCodes(verdict, finding.expected),
    actual: finding.actual === verdict.actual ? verdict.actual : jsonType(finding.actual),
  };
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
function distinct(verdict: Verdict, findings: readonly Finding[]): readonly Signature[] {
  const signatures = findings.map((finding) => signatureOf(verdict, finding));
  const keys = signatures.map((signature) => JSON.stringify(signature));
  return signatures.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
}

/** What a verdict counts under: null for one that passed without a warning, and for one that was only observed. */
export function causeKey(verdict: Verdict): CauseSignature | null {
  const { status, blockedBy } = verdict;
  if (status === "observed") return null;
  if (status === "passed") {
    const warnings = warningFindings(verdict);
    return warnings.length === 0 ? null : { status: "warning", findings: distinct(verdict, warnings), reason: "" };
  }
  const found = status === "failed" || status === "known" ? decidingFindings(verdict) : [];
  if (found.length > 0) return { status, findings: distinct(verdict, found), reason: "" };
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
