/** Facts → prose: findings, places in documents, the command that repeats a case. */
import { shellWord } from "../../runner/http/shell-quote.ts";
import type { Finding, Header, Json, Source, Verdict } from "../../runner/model/index.ts";
import { joinWithOr, oneLine, truncate } from "./visible-text.ts";

/** Longest value in a sentence, in UTF-16 units; the whole of it stands in the log and in report.json. */
const MAX_VALUE_UNITS = 200;

/** A value as one line of JSON, controls visible, cut at 200 characters. */
function formatValue(value: Json): string {
  return oneLine(truncate(JSON.stringify(value), MAX_VALUE_UNITS));
}

/** What was expected: a list is a choice, an object is a shape, text stands bare because it comes from a document. */
function formatExpected(expected: Json): string {
  if (typeof expected === "string") return `be ${oneLine(truncate(expected, MAX_VALUE_UNITS))}`;
  if (Array.isArray(expected) && expected.length > 0) {
    return `be ${joinWithOr(expected.map((choice) => (typeof choice === "string" ? oneLine(truncate(choice, MAX_VALUE_UNITS)) : formatValue(choice))))}`;
  }
  if (expected !== null && typeof expected === "object" && !Array.isArray(expected))
    return `match ${formatValue(expected)}`;
  return `be ${formatValue(expected)}`;
}

/** The subject of a finding's sentence. `location` is a JSON pointer, `status`, `header:NAME` or `body`. */
function describeLocation(location: string): string {
  if (location === "status") return "the HTTP status";
  if (location.startsWith("header:"))
    return `the header ${oneLine(truncate(location.slice("header:".length), MAX_VALUE_UNITS))}`;
  return location === "body" || location === "" ? "the body" : oneLine(truncate(location, MAX_VALUE_UNITS));
}

const POSTCONDITION_CHECKS: readonly string[] = ["effect", "unchanged", "bystander"];

const formatState = (value: Json): string =>
  typeof value === "string" ? oneLine(truncate(value, MAX_VALUE_UNITS)) : formatValue(value);

/** One finding as one sentence, e.g. `code: /Response/Error/Code must be A or B, but is "C".` */
export function describeFinding(finding: Finding): string {
  if (finding.check === "concurrency" && typeof finding.expected === "number")
    return `concurrency: of the equal calls at once, ${finding.expected} ${finding.level} be accepted, but ${formatValue(finding.actual)} ${finding.actual === 1 ? "was" : "were"}.`;
  // Of these `location` is the call that looked at the target after the judged one.
  if (POSTCONDITION_CHECKS.includes(finding.check))
    return `${finding.check}: afterwards ${oneLine(truncate(finding.location, MAX_VALUE_UNITS))} ${finding.level} tell ${formatState(finding.expected)}, but tells ${formatState(finding.actual)}.`;
  return `${oneLine(finding.check)}: ${describeLocation(finding.location)} ${finding.level} ${formatExpected(finding.expected)}, but is ${formatValue(finding.actual)}.`;
}

/** A place in a document, e.g. `000_ab64.txt, section 2, row GroupId` or `https://… (seen 2026-11-01), samples 1 and 2`. */
export function formatSource(source: Source): string {
  const parts: string[] = [];
  if (source.document !== undefined) parts.push(source.document);
  if (source.url !== undefined)
    parts.push(source.accessedOn === undefined ? source.url : `${source.url} (seen ${source.accessedOn})`);
  if (source.section !== undefined) parts.push(`section ${source.section}`);
  if (source.row !== undefined) parts.push(`row ${source.row}`);
  if (typeof source.sample === "number") parts.push(`sample ${source.sample}`);
  else if (source.sample !== undefined) {
    parts.push(`${source.sample.length === 1 ? "sample" : "samples"} ${joinWithOr(source.sample.map(String), "and")}`);
  }
  return parts.length === 0 ? "no place given" : oneLine(parts.join(", "));
}

/** The command that repeats one case: `header.rerun` with `{id}`, which stands there unquoted, filled in. */
export function formatRerun(header: Header, id: string): string {
  return oneLine(header.rerun.replaceAll("{id}", () => shellWord(id)));
}

/** What was expected of the answer and what was seen, e.g. `expected refusal with A or B; seen: success`. */
export function formatExpectation(verdict: Verdict): string {
  const { expect } = verdict;
  const expectedOutcome =
    expect.outcome === "refused"
      ? `refusal with ${oneLine(joinWithOr(expect.codes))}`
      : expect.outcome === "success"
        ? "success"
        : "any outcome";
  return `expected ${expectedOutcome}; seen: ${oneLine(truncate(verdict.actual, MAX_VALUE_UNITS)) || "nothing"}`;
}

/** A reason in one line, cut at 400 characters. */
export const truncateReason = (reason: string): string => oneLine(truncate(reason, 2 * MAX_VALUE_UNITS));

/** Why a status that is not `passed` came about, in one line: the reason, else what was seen. */
export const reasonText = ({ reason, actual }: Verdict): string =>
  truncateReason(reason || actual || "no reason was recorded");
