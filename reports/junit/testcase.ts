/** Verdict → `<testcase>` of JUnit. */
import type { Finding, Header, Status, Verdict } from "../../runner/model/index.ts";
import { decidingFindings, warningFindings } from "../summary/cause.ts";
import { decisiveExchange, formatExchange } from "../text/exchange.ts";
import { describeFinding, formatExpectation, formatRerun, formatSource, reasonText } from "../text/sentences.ts";
import { oneLine } from "../text/visible-text.ts";
import { attributes, element, type XmlContent, xmlText } from "./xml.ts";

/** Which element a status becomes; CI tools know four. */
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

/** Where warnings fail the run, a case that passed with one is what fails it. */
function elementOf(header: Header, verdict: Verdict): Element {
  return header.strict === true && warningFindings(verdict).length > 0 ? "failure" : ELEMENT_BY_STATUS[verdict.status];
}

/** Milliseconds as JUnit counts time. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** An action's id as the class name that CI tools group by. */
export function classNameOf(path: string): string {
  return path.replaceAll("/", ".");
}

const warningLine = (finding: Finding): string => `warning: ${describeFinding(finding)}`;

/** What a reader of a case that did not pass needs: the document, the rule, the findings, what was hoped for, how to repeat it. */
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
    // Of a case that cannot fail, the sight is the news; of the others, the reason.
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

/** Passed: document and warnings. Skipped: the account, since `<skipped>` holds a message only. Else what went over the wire. */
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

/** One case, complete. */
export function testcase(header: Header, verdict: Verdict): string {
  const name = verdict.title === "" ? verdict.id : `${verdict.id}: ${verdict.title}`;
  return element(
    "testcase",
    { name, classname: classNameOf(verdict.action), time: seconds(verdict.durationMs) },
    { ...resultElement(header, verdict), "system-out": systemOut(header, verdict) },
  );
}
