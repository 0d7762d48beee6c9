/** A verdict → one short text of what it came to, the same from run to run; and that text in words. */
import { createHash } from "node:crypto";
import { findingSignature } from "../check/known-failures.ts";
import type { Counts, Finding, Status } from "../model/index.ts";
import { isJudged, zeroCounts } from "../model/status.ts";

/** What a state is made of; an older log may hold no more of a verdict. */
export interface ComparableVerdict {
  readonly status: Status;
  readonly actual: string;
  readonly findings: readonly Finding[];
}

export interface VerdictOutcome {
  readonly status: Status;
  /** Of passed and observed cases. */
  readonly actual: string;
  /** Signatures of the findings. */
  readonly must: string;
  readonly should: string;
  /** A digest of each `must` signature: what is cut in words is told apart here. */
  readonly each: readonly string[];
}

/** One without a verdict is no more than its status: why there is none says nothing of the target. */
export function stateOf({ status, actual, findings }: ComparableVerdict): string {
  if (!isJudged(status)) return status;
  const fine = status === "passed" || status === "observed";
  const parts = [status, fine ? actual : "", formatFindings(findings, "must"), formatFindings(findings, "should")];
  return [...parts.map(truncatePart), told(findings, "must", false).map(digest).join(" ")].join("\n");
}

export function toState(text: string): VerdictOutcome {
  const [status = "", seen = "", must = "", should = "", each = ""] = text.split("\n");
  return { status: status as Status, actual: seen, must, should, each: each === "" ? [] : each.split(" ") };
}

/** `failed: code at /Response/Error/Code: InternalError, not A or B`. */
export function formatOutcome(text: string): string {
  const { status, actual, must, should } = toState(text);
  const parts = [actual, must, should === "" ? "" : `should: ${should}`].filter((part) => part !== "");
  return parts.length === 0 ? status : `${status}: ${parts.join("; ")}`;
}

/**
 * In one order, each once: a list with the same mistake in every item has it once. `spelled`: for a reader, with what was
 * expected where it is a text of our own; what is compared goes without, or two versions of assay would differ.
 */
export const formatFindings = (findings: readonly Finding[], level: Finding["level"], spelled = false): string =>
  told(findings, level, spelled).join("; ");

function told(findings: readonly Finding[], level: Finding["level"], spelled: boolean): string[] {
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
