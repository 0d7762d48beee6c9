/** Verdict → `<testcase>` of JUnit. */
import type { Finding, Header, Status, Verdict } from "../../runner/model/index.ts";
import { decisive, warningsOf } from "../summary/cause.ts";
import { evidence, exchangeText } from "../text/exchange.ts";
import { expectation, findingSentence, place, rerun, why } from "../text/sentences.ts";
import { oneLine } from "../text/visible-text.ts";
import { attributes, content, type Inside, xml } from "./xml.ts";

/** Which element a status becomes; CI tools know four. */
type Element = "failure" | "error" | "skipped" | null;
const elements: Readonly<Record<Status, Element>> = {
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
  return header.strict === true && warningsOf(verdict).length > 0 ? "failure" : elements[verdict.status];
}

/** Milliseconds as JUnit counts time. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** An action's id as the class name that CI tools group by. */
export function dotted(path: string): string {
  return path.replaceAll("/", ".");
}

const warningLine = (finding: Finding): string => `warning: ${findingSentence(finding)}`;

/** What a reader of a case that did not pass needs: the document, the rule, the findings, what was hoped for, how to repeat it. */
function account(header: Header, verdict: Verdict): string {
  const lines = [`document: ${place(verdict.source)}`];
  if (verdict.rule !== null) lines.push(`rule: ${oneLine(verdict.rule)}`);
  lines.push(expectation(verdict));
  if (verdict.reason !== "") lines.push(`reason: ${oneLine(verdict.reason)}`);
  const warnings = warningsOf(verdict);
  lines.push(...(warnings.length > 0 ? warnings.map(warningLine) : verdict.findings.map(findingSentence)));
  lines.push(`rerun: ${rerun(header, verdict.id)}`);
  return lines.join("\n");
}

function mark(header: Header, verdict: Verdict): Inside {
  const element = elementOf(header, verdict);
  if (element === null) return {};
  if (element === "skipped") {
    // Of a case that cannot fail, the sight is the news; of the others, the reason.
    const { seen, reason } = verdict;
    const news = verdict.status === "observed" ? [seen, reason].filter((text) => text !== "").join("; ") : why(verdict);
    return { skipped: attributes({ message: `${verdict.status}: ${news}` }) };
  }
  const [warning] = warningsOf(verdict);
  const [first] = verdict.status === "failed" ? decisive(verdict) : [];
  const type = (warning ?? first)?.check ?? verdict.status;
  const message = warning ? warningLine(warning) : first ? findingSentence(first) : why(verdict);
  return { [element]: { ...attributes({ type, message }), "#text": content(account(header, verdict)) } };
}

/** Passed: document and warnings. Skipped: the account, since `<skipped>` holds a message only. Else what went over the wire. */
function systemOut(header: Header, verdict: Verdict): string {
  const element = elementOf(header, verdict);
  const lines: string[] = [];
  if (element === "skipped") lines.push(account(header, verdict));
  else lines.push(`document: ${place(verdict.source)}`);
  lines.push(...warningsOf(verdict).map(warningLine));
  const shown =
    element === "failure" || element === "error" || verdict.status === "known" ? evidence(verdict) : undefined;
  if (shown !== undefined) lines.push(exchangeText(shown));
  return content(lines.join("\n"));
}

/** One case, complete. */
export function testcase(header: Header, verdict: Verdict): string {
  const name = verdict.title === "" ? verdict.id : `${verdict.id}: ${verdict.title}`;
  return xml(
    "testcase",
    { name, classname: dotted(verdict.action), time: seconds(verdict.ms) },
    { ...mark(header, verdict), "system-out": systemOut(header, verdict) },
  );
}
