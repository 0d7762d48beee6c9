/** Facts → prose: findings, places in documents, the command that repeats a case. */
import type { Finding, Header, Json, Source, Verdict } from "../../runner/model/index.ts";
import { joinWithOr, oneLine, truncate } from "./visible-text.ts";

/** Longest value in a sentence, in UTF-16 units; the whole of it stands in the log and in report.json. */
const longest = 200;

/** A value as one line of JSON, controls visible, cut at 200 characters. */
function shown(value: Json): string {
  return oneLine(truncate(JSON.stringify(value), longest));
}

/** What was expected: a list is a choice, an object is a shape, text stands bare because it comes from a document. */
function wanted(expected: Json): string {
  if (typeof expected === "string") return `be ${oneLine(truncate(expected, longest))}`;
  if (Array.isArray(expected) && expected.length > 0) {
    return `be ${joinWithOr(expected.map((one) => (typeof one === "string" ? oneLine(truncate(one, longest)) : shown(one))))}`;
  }
  if (expected !== null && typeof expected === "object" && !Array.isArray(expected)) return `match ${shown(expected)}`;
  return `be ${shown(expected)}`;
}

/** The subject of a finding's sentence. `location` is a JSON pointer, `status`, `header:NAME` or `body`. */
function subject(location: string): string {
  if (location === "status") return "the HTTP status";
  if (location.startsWith("header:"))
    return `the header ${oneLine(truncate(location.slice("header:".length), longest))}`;
  return location === "body" || location === "" ? "the body" : oneLine(truncate(location, longest));
}

const POSTCONDITION_CHECKS: readonly string[] = ["effect", "unchanged", "bystander"];

const told = (value: Json): string => (typeof value === "string" ? oneLine(truncate(value, longest)) : shown(value));

/** One finding as one sentence, e.g. `code: /Response/Error/Code must be A or B, but is "C".` */
export function describeFinding(finding: Finding): string {
  if (finding.check === "concurrency" && typeof finding.expected === "number")
    return `concurrency: of the equal calls at once, ${finding.expected} ${finding.level} be accepted, but ${shown(finding.actual)} ${finding.actual === 1 ? "was" : "were"}.`;
  // Of these `location` is the call that looked at the target after the judged one.
  if (POSTCONDITION_CHECKS.includes(finding.check))
    return `${finding.check}: afterwards ${oneLine(truncate(finding.location, longest))} ${finding.level} tell ${told(finding.expected)}, but tells ${told(finding.actual)}.`;
  return `${oneLine(finding.check)}: ${subject(finding.location)} ${finding.level} ${wanted(finding.expected)}, but is ${shown(finding.actual)}.`;
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

/** A word for a POSIX shell, in single quotes where it needs them. */
export function shellQuoted(word: string): string {
  return /^[\w.,:/@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The command that repeats one case: `header.rerun` with `{id}`, which stands there unquoted, filled in. */
export function formatRerun(header: Header, id: string): string {
  return oneLine(header.rerun.replaceAll("{id}", () => shellQuoted(id)));
}

/** What was expected of the answer and what was seen, e.g. `expected refusal with A or B; seen: success`. */
export function formatExpectation(verdict: Verdict): string {
  const { expect } = verdict;
  const hoped =
    expect.outcome === "refused"
      ? `refusal with ${oneLine(joinWithOr(expect.codes))}`
      : expect.outcome === "success"
        ? "success"
        : "any outcome";
  return `expected ${hoped}; seen: ${oneLine(truncate(verdict.actual, longest)) || "nothing"}`;
}

/** A reason in one line, cut at 400 characters. */
export const truncateReason = (reason: string): string => oneLine(truncate(reason, 2 * longest));

/** Why a status that is not `passed` came about, in one line: the reason, else what was seen. */
export const reasonText = ({ reason, actual }: Verdict): string =>
  truncateReason(reason || actual || "no reason was recorded");
