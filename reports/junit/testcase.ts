/** Verdict → `<testcase>` element of JUnit. */
import type { Finding, Header, Status, Verdict } from "../../runner/model/index.ts";
import { decidingFindings, warningFindings } from "../summary/cause.ts";
import { decisiveExchange, formatExchange } from "../text/exchange.ts";
import { describeFinding, formatExpectation, formatRerun, formatSource, reasonText } from "../text/sentences.ts";
import { oneLine } from "../text/visible-text.ts";
import { attributes, element, type XmlContent, xmlText } from "./xml.ts";

/** The child element for each status; CI tools know `failure`, `error`, `skipped` or none. */
type Element = "failure" | "error" | "skipped" | null;
const ELEMENT_BY_STATUS: Readonly<Record<Status, Element>> = {
  passed: null,
  failed: "failure",
  known: "skipped",
  observed: "skipped",
  skipped: "skipped",
  unimplemented: "skipped",
  indeterminate: "error",
  errored: "error",
};

/** In a strict run a case that passed with a warning is a failure. */
function elementOf(header: Header, verdict: Verdict): Element {
  return header.strict === true && warningFindings(verdict).length > 0 ? "failure" : ELEMENT_BY_STATUS[verdict.status];
}

/** Milliseconds → seconds, the unit of JUnit. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** An action's id with dots, as a class name, by which CI tools group cases. */
export function classNameOf(path: string): string {
  return path.replaceAll("/", ".");
}

const warningLine = (finding: Finding): string => `warning: ${describeFinding(finding)}`;

/** Details of a case that did not pass: source, rule, expected and actual outcome, findings, rerun command. */
function describeCase(header: Header, verdict: Verdict): string {
  const lines = [`document: ${formatSource(verdict.source)}`];
  if (verdict.rule !== null) lines.push(`rule: ${oneLine(verdict.rule)}`);
  lines.push(formatExpectation(verdict));
  if (verdict.reason !== "") lines.push(`reason: ${oneLine(verdict.reason)}`);
  const warnings = warningFindings(verdict);
  lines.push(...(warnings.length > 0 ? warnings.map(warningLine) : verdict.findings.map(describeFinding)));
  lines.push(`rerun: ${formatRerun(header, verdict.id)}`);
  return lines.join("\n");
}

function resultElement(header: Header, verdict: Verdict): XmlContent {
  const element = elementOf(header, verdict);
  if (element === null) return {};
  if (element === "skipped") {
    // An observed case has its actual outcome as the message, the others their reason.
    const { actual, reason } = verdict;
    const summary =
      verdict.status === "observed" ? [actual, reason].filter((text) => text !== "").join("; ") : reasonText(verdict);
    return { skipped: attributes({ message: `${verdict.status}: ${summary}` }) };
  }
  const [warning] = warningFindings(verdict);
  const [first] = verdict.status === "failed" ? decidingFindings(verdict) : [];
  const type = (warning ?? first)?.check ?? verdict.status;
  const message = warning ? warningLine(warning) : first ? describeFinding(first) : reasonText(verdict);
  return { [element]: { ...attributes({ type, message }), "#text": xmlText(describeCase(header, verdict)) } };
}

/** Source and warnings; for a skipped case its details, because `<skipped>` holds only a message; for a failed one also the HTTP exchange. */
function systemOut(header: Header, verdict: Verdict): string {
  const element = elementOf(header, verdict);
  const lines: string[] = [];
  if (element === "skipped") lines.push(describeCase(header, verdict));
  else lines.push(`document: ${formatSource(verdict.source)}`);
  lines.push(...warningFindings(verdict).map(warningLine));
  const exchange =
    element === "failure" || element === "error" || verdict.status === "known" ? decisiveExchange(verdict) : undefined;
  if (exchange !== undefined) lines.push(formatExchange(exchange));
  return xmlText(lines.join("\n"));
}

/** The complete element of one case. */
export function testcase(header: Header, verdict: Verdict): string {
  const name = verdict.title === "" ? verdict.id : `${verdict.id}: ${verdict.title}`;
  return element(
    "testcase",
    { name, classname: classNameOf(verdict.action), time: seconds(verdict.durationMs) },
    { ...resultElement(header, verdict), "system-out": systemOut(header, verdict) },
  );
}
