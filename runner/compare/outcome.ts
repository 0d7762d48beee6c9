/** A verdict -> its outcome, which is equal from run to run, and the outcome as a text. */
import { createHash } from "node:crypto";
import { findingSignature } from "../check/finding-signature.ts";
import type { Counts, Finding, Status, Verdict } from "../model/index.ts";
import { isJudged, zeroCounts } from "../model/status.ts";

/** The parts of a verdict that decide its outcome. */
export type ComparableVerdict = Pick<Verdict, "status" | "actual" | "findings">;

/** The result of a case, without anything that changes from run to run. */
export interface VerdictOutcome {
  readonly status: Status;
  /** `success` or a code, of passed and observed cases; else empty. */
  readonly actual: string;
  /** The signatures of the findings of each level, as one text. */
  readonly must: string;
  readonly should: string;
  /** A digest of each `must` signature: a text that is truncated above is still distinguished here. */
  readonly mustDigests: readonly string[];
}

/** Of a case without a verdict only the status counts: its reason does not describe the target. */
export function outcomeOf({ status, actual, findings }: ComparableVerdict): VerdictOutcome {
  if (!isJudged(status)) return { status, actual: "", must: "", should: "", mustDigests: [] };
  return {
    status,
    actual: status === "passed" || status === "observed" ? truncatePart(actual) : "",
    must: truncatePart(formatFindings(findings, "must")),
    should: truncatePart(formatFindings(findings, "should")),
    mustDigests: signatureTexts(findings, "must", false).map(digest),
  };
}

/** Equal for equal outcomes. */
export const outcomeKey = ({ status, actual, must, should, mustDigests }: VerdictOutcome): string =>
  JSON.stringify([status, actual, must, should, mustDigests]);

/** `failed: code at /Response/Error/Code: InternalError, not A or B`. */
export function formatOutcome({ status, actual, must, should }: VerdictOutcome): string {
  const parts = [actual, must, should === "" ? "" : `should: ${should}`].filter((part) => part !== "");
  return parts.length === 0 ? status : `${status}: ${parts.join("; ")}`;
}

/**
 * The findings of a level, sorted, each once: a failure that every item of a list has is one text. `detailed`: for a reader,
 * with expected values that assay words itself. Outcomes are compared without them, because versions of assay may differ.
 */
export const formatFindings = (findings: readonly Finding[], level: Finding["level"], detailed = false): string =>
  signatureTexts(findings, level, detailed).join("; ");

function signatureTexts(findings: readonly Finding[], level: Finding["level"], detailed: boolean): string[] {
  const texts = findings
    .filter((finding) => finding.level === level)
    .map((finding) => {
      const { check, location, expected, actual } = findingSignature(finding);
      const details = detailed && expected.length === 0 ? detailsOf(finding) : null;
      const [wanted, got] = details ?? [expected.toSorted(), actual];
      const suffix = wanted.length === 0 ? "" : `, not ${wanted.join(" or ")}`;
      return `${check} at ${location}: ${got}${suffix}`;
    });
  return [...new Set(texts)].sort();
}

/** The expected and the actual value where both are texts of assay, or numbers such as an HTTP status. */
function detailsOf({ expected, actual }: Finding): [wanted: readonly string[], got: string] | null {
  if (typeof expected === "string" && typeof actual === "string") return [[expected], actual];
  const numbers = Array.isArray(expected) && expected.every((value) => typeof value === "number");
  return numbers && typeof actual === "number" ? [expected.map(String), String(actual)] : null;
}

/** Longest part of an outcome in UTF-16 units: a target may send a code of a megabyte. The appended digest distinguishes longer parts. */
const MAX_PART_UNITS = 300;

export function truncatePart(part: string): string {
  const line = part.replaceAll("\n", " ");
  if (line.length <= MAX_PART_UNITS) return line;
  return `${line.slice(0, MAX_PART_UNITS)}… (${digest(line)})`;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Counts statuses. */
export function createStatusCounter(): { readonly counts: Counts; add(status: Status): void } {
  const counts = zeroCounts();
  return { counts, add: (status) => void counts[status]++ };
}
