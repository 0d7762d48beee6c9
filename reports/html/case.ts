/** A case that did not pass → all that one must know of it: the document, the findings, the deviation, what went over the wire, how to repeat it. */
import type { Header, Json, Verdict } from "../../runner/model.ts";
import { curlLine } from "../curl.ts";
import { evidence } from "../exchange.ts";
import { expectation, rerun } from "../sentence.ts";
import { clip } from "../text.ts";
import { beside } from "./beside.ts";
import { type Html, html, seen } from "./markup.ts";
import { message } from "./message.ts";
import { linked } from "./source.ts";
import { wireChange } from "./wire.ts";

/** Longest value of a finding, in UTF-16 units; report.json has the whole. */
const longest = 1000;

/** `whole`: with its exchanges. */
export function detailsOf(header: Header, verdict: Verdict, id: string, whole: boolean): Html {
  const { status, level, family, title, source, rule, reason } = verdict;
  return html`<details class="case" id="${id}" data-status="${status}" data-level="${level}" data-family="${family}">
<summary><span class="badge ${status}">${status}</span> <code>${verdict.id}</code><br>${title}</summary>
<dl>
<dt>Document<dd>${linked(source)}
${
  rule === null
    ? ""
    : html`<dt>Rule<dd><code>${rule}</code>
`
}<dt>Level<dd>${level}
<dt>Outcome<dd>${outcome(verdict)}
${
  reason === ""
    ? ""
    : html`<dt>Reason<dd>${clip(reason, longest)}
`
}</dl>
${findings(verdict)}<p>Send just this case again, and see what goes over the wire:</p>
<pre class="copy" tabindex="0">${rerun(header, verdict.id)}</pre>
${whole ? exchanges(verdict) : brief(verdict)}</details>
`;
}

/** Where it is as hoped for, something else is wrong, and the findings say what. */
const outcome = (verdict: Verdict): string =>
  verdict.expect.outcome === "success" && verdict.seen === "success"
    ? "success, as expected; what is wrong stands below"
    : expectation(verdict);

function findings({ findings: found }: Verdict): Html | string {
  if (found.length === 0) return "";
  const value = (of: Json): Html => html`<td><code>${seen(clip(JSON.stringify(of), longest))}</code>`;
  // What is expected comes from a document: codes, a choice of which one will do, or words.
  const wanted = (of: Json): Html => {
    const words = Array.isArray(of) ? of : [of];
    if (words.length === 0 || !words.every((word) => typeof word === "string")) return value(of);
    return html`<td>${words.map((word, i) => html`${i > 0 ? " or " : ""}<code>${seen(clip(word, longest))}</code>`)}`;
  };
  return html`<div class="wide" role="group" tabindex="0" aria-label="Findings"><table>
<thead><tr><th scope="col">check<th scope="col">level<th scope="col">place<th scope="col">expected<th scope="col">actual</thead>
<tbody>${found.map(
    ({
      check,
      level,
      at,
      expected,
      actual,
    }) => html`<tr><th scope="row">${check}<td>${level}<td><code>${seen(clip(at, longest))}</code>${wanted(expected)}${value(actual)}
`,
  )}</tbody></table></div>
`;
}

function deviations({ deviations: of = [] }: Verdict): Html | string {
  if (of.length === 0) return "";
  const words = of.map(({ op, at }) => {
    const change = op === "wire" ? wireChange(at)?.says : undefined;
    return html`${op} <code>${clip(change ?? at, longest)}</code>`;
  });
  return html`<p>Deviation: ${words.map((one, i) => html`${i > 0 ? ", " : ""}${one}`)}</p>
`;
}

/** What goes over the wire makes a page long: it is shown of the first cases of a cause. */
const brief = (verdict: Verdict): Html =>
  html`${deviations(verdict)}<p class="quiet">What went over the wire is shown of the first cases of each cause; the log holds that of all.</p>
`;

/** Longest curl line, in UTF-16 units: nobody copies a longer one by eye. */
const longestCurl = 4096;

/** Calls that were sent at once, or over two bindings, are several; this many are shown. */
const mostCalls = 4;

function exchanges(verdict: Verdict): Html | string {
  const main = evidence(verdict);
  if (main === undefined) return deviations(verdict);
  const control = verdict.exchanges.find(({ role }) => role === "control");
  const against =
    control === undefined || main.role !== "judged"
      ? ""
      : html`<h4>Against its control, which was accepted</h4>
${beside(control, main, verdict.deviations ?? [])}
`;
  const calls = verdict.exchanges.filter((one) => one === main || one.role === "judged").slice(0, mostCalls);
  // What was looked at afterwards, where that is what speaks against the target.
  const shown = [...calls, ...verdict.exchanges.filter(({ role }) => role === "probe").slice(0, mostCalls)];
  const others = verdict.exchanges.filter((one) => !shown.includes(one) && one !== control);
  const besides =
    others.length === 0
      ? ""
      : html`<p class="quiet">Besides: ${others.map(({ role, action }, i) => `${i > 0 ? ", " : ""}${role} ${action}`)}; see the log.</p>
`;
  const line = curlLine(main);
  const long = line !== null && line.length > longestCurl;
  const curl =
    line === null || long
      ? html`<p class="quiet">A curl line would be too long for this page.</p>
`
      : html`<p>With curl, signed anew: the variables stand for what is not written down, and a signature is good for minutes.</p>
<pre class="copy" tabindex="0">${line}</pre>
`;
  return html`${deviations(verdict)}${against}${shown.map(
    (one) => html`<h4>Over the wire: ${one.role} ${one.action}</h4>
${message(one)}
`,
  )}${besides}${curl}`;
}
