/** A verdict -> its outcome, which is equal from run to run, and the outcome as a text. */
import { createHash } from "node:crypto";
import { findingSignature } from "../check/finding-signature.ts";
import type { Counts, Finding, Status, Verdict } from "../model/index.ts";
import { isJudged, zeroCounts } from "../model/status.ts";

/** The parts of a verdict that decide its outcome. */
export type ComparableVerdict = Pick<Verdict, "status" | "actual" | "findings">;

/** What a case came to, without anything that changes from run to run. */
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

/** A case without a verdict is no more than its status: the reason says nothing of the target. */
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
 * In one order, each once: a list with the same mistake in every item has it once. `spelled`: for a reader, with what was
 * expected where it is a text of our own; what is compared goes without, or two versions of assay would differ.
 */
export const formatFindings = (findings: readonly Finding[], level: Finding["level"], spelled = false): string =>
  signatureTexts(findings, level, spelled).join("; ");

function signatureTexts(findings: readonly Finding[], level: Finding["level"], spelled: boolean): string[] {
  const found = findings
    .filter((finding) => finding.level === level)
    .map((finding) => {
      const { check, location, expected, actual } = findingSignature(finding);
      const own = spelled && expected.length === 0 ? spelledOut(finding) : null;
      const [wanted, had] = own ?? [expected.toSorted(), actual];
      const instead = wanted.length === 0 ? "" : `, not ${wanted.join(" or ")}`;
      return `${check} at ${location}: ${had}${instead}`;
    });
  return [...new Set(found)].sort();
}

/** What was expected and what was there, where these are a text of ours and a word, or numbers such as an HTTP status. */
function spelledOut({ expected, actual }: Finding): [wanted: readonly string[], had: string] | null {
  if (typeof expected === "string" && typeof actual === "string") return [[expected], actual];
  const numbers = Array.isArray(expected) && expected.every((one) => typeof one === "number");
  return numbers && typeof actual === "number" ? [expected.map(String), String(actual)] : null;
}

/** Units of a part; a target may make a code of a megabyte, and its digest still tells it from another. */
const most = 300;

export function truncatePart(part: string): string {
  const line = part.replaceAll("\n", " ");
  if (line.length <= most) return line;
  return `${line.slice(0, most)}… (${digest(line)})`;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Statuses, counted. */
export function createStatusCounter(): { readonly counts: Counts; add(status: Status): void } {
  const counts = zeroCounts();
  return { counts, add: (status) => void counts[status]++ };
}
