/** Finding, source, verdict → sentences for people; header and case id → the command that reruns a case. */
import { shellWord } from "../../runner/http/shell-quote.ts";
import type { Finding, Header, Json, Source, Verdict } from "../../runner/model/index.ts";
import { joinWithOr, oneLine, truncate } from "./visible-text.ts";

/** Longest value in a sentence, in UTF-16 units; the log and report.json have the whole. */
const MAX_VALUE_UNITS = 200;

/** A value as one line of JSON with visible control characters, truncated. */
function formatValue(value: Json): string {
  return oneLine(truncate(JSON.stringify(value), MAX_VALUE_UNITS));
}

/** An expected value: a list is a choice, an object is a JSON Schema, text is not quoted because it comes from a document. */
function formatExpected(expected: Json): string {
  if (typeof expected === "string") return `be ${oneLine(truncate(expected, MAX_VALUE_UNITS))}`;
  if (Array.isArray(expected) && expected.length > 0) {
    return `be ${joinWithOr(expected.map((choice) => (typeof choice === "string" ? oneLine(truncate(choice, MAX_VALUE_UNITS)) : formatValue(choice))))}`;
  }
  if (expected !== null && typeof expected === "object" && !Array.isArray(expected))
    return `match ${formatValue(expected)}`;
  return `be ${formatValue(expected)}`;
}

/** `location`: a JSON pointer, `status`, `header:NAME` or `body`. */
function describeLocation(location: string): string {
  if (location === "status") return "the HTTP status";
  if (location.startsWith("header:"))
    return `the header ${oneLine(truncate(location.slice("header:".length), MAX_VALUE_UNITS))}`;
  return location === "body" || location === "" ? "the body" : oneLine(truncate(location, MAX_VALUE_UNITS));
}

const POSTCONDITION_CHECKS: readonly string[] = ["effect", "unchanged", "bystander", "contents"];

const formatState = (value: Json): string =>
  typeof value === "string" ? oneLine(truncate(value, MAX_VALUE_UNITS)) : formatValue(value);

/** One finding as one sentence, e.g. `code: /Response/Error/Code must be A or B, but is "C".` */
export function describeFinding(finding: Finding): string {
  if (finding.check === "concurrency" && typeof finding.expected === "number")
    return `concurrency: of the concurrent calls, ${finding.expected} ${finding.level} be accepted, but ${formatValue(finding.actual)} ${finding.actual === 1 ? "was" : "were"}.`;
  // `location` is the name of the action that read the state of the target after the judged call.
  if (POSTCONDITION_CHECKS.includes(finding.check))
    return `${finding.check}: afterwards ${oneLine(truncate(finding.location, MAX_VALUE_UNITS))} ${finding.level} show ${formatState(finding.expected)}, but shows ${formatState(finding.actual)}.`;
  // A document that states the code makes it a `must`.
  const inferred = finding.check === "code" && finding.level === "should" && Array.isArray(finding.expected);
  const note = inferred ? " (inferred: no document states the code)" : "";
  return `${oneLine(finding.check)}: ${describeLocation(finding.location)} ${finding.level} ${formatExpected(finding.expected)}${note}, but is ${formatValue(finding.actual)}.`;
}

/** A location in a document, e.g. `000_ab64.txt, section 2, row GroupId` or `https://… (accessed 2026-11-01), samples 1 and 2`. */
export function formatSource(source: Source): string {
  const parts: string[] = [];
  if (source.document !== undefined) parts.push(source.document);
  if (source.url !== undefined)
    parts.push(source.accessedOn === undefined ? source.url : `${source.url} (accessed ${source.accessedOn})`);
  if (source.section !== undefined) parts.push(`section ${source.section}`);
  if (source.row !== undefined) parts.push(`row ${source.row}`);
  if (typeof source.sample === "number") parts.push(`sample ${source.sample}`);
  else if (source.sample !== undefined) {
    parts.push(`${source.sample.length === 1 ? "sample" : "samples"} ${joinWithOr(source.sample.map(String), "and")}`);
  }
  return parts.length === 0 ? "no source given" : oneLine(parts.join(", "));
}

/** The command that reruns one case: `header.rerun` with the shell-quoted id in place of `{id}`. */
export function formatRerun(header: Header, id: string): string {
  return oneLine(header.rerun.replaceAll("{id}", () => shellWord(id)));
}

/** The expected and the actual outcome, e.g. `expected refusal with A or B; actual: success`. */
export function formatExpectation(verdict: Verdict): string {
  const { expect } = verdict;
  const expectedOutcome =
    expect.outcome === "refused"
      ? `refusal with ${oneLine(joinWithOr(expect.codes))}`
      : expect.outcome === "success"
        ? "success"
        : "any outcome";
  return `expected ${expectedOutcome}; actual: ${oneLine(truncate(verdict.actual, MAX_VALUE_UNITS)) || "none"}`;
}

/** A reason on one line, truncated. */
export const truncateReason = (reason: string): string => oneLine(truncate(reason, 2 * MAX_VALUE_UNITS));

/** Why the status is not `passed`, on one line: the reason, else the actual outcome. */
export const reasonText = ({ reason, actual }: Verdict): string =>
  truncateReason(reason || actual || "no reason was recorded");
