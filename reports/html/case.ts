/** A case that did not pass → all that one must know of it: the document, the findings, the deviation, what went over the wire, how to repeat it. */
import type { Header, Source, Verdict } from "../../runner/model.ts";
import { curlLine } from "../curl.ts";
import { evidence } from "../exchange.ts";
import { expectation, place, rerun } from "../sentence.ts";
import { clip } from "../text.ts";
import { beside } from "./beside.ts";
import { type Html, html, seen } from "./markup.ts";
import { message } from "./message.ts";

/** Longest value of a finding, in UTF-16 units; report.json has the whole. */
const longest = 1000;

/** `whole`: with its exchanges. */
export function detailsOf(header: Header, verdict: Verdict, id: string, whole: boolean): Html {
  const { status, level, family, title, source, rule, reason } = verdict;
  return html`<details class="case" id="${id}" data-of="${status} ${level} ${family}">
<summary><span class="badge ${status}">${status}</span> <code>${verdict.id}</code><br>${title}</summary>
<dl>
<dt>Document<dd>${where(source)}
${
  rule === null
    ? ""
    : html`<dt>Rule<dd><code>${rule}</code>
`
}<dt>Level<dd>${level}
<dt>Outcome<dd>${expectation(verdict)}
${
  reason === ""
    ? ""
    : html`<dt>Reason<dd>${clip(reason, longest)}
`
}</dl>
${findings(verdict)}${whole ? exchanges(verdict) : deviations(verdict)}<p>Send just this case again, and see what goes over the wire:</p>
<pre class="copy" tabindex="0">${rerun(header, verdict.id)}</pre>
</details>
`;
}

/** A page of the web is a link; nothing is loaded from it unless somebody follows it. */
function where(source: Source): Html {
  const { page } = source;
  const text = place(source);
  return page !== undefined && /^https?:\/\//.test(page)
    ? html`<a href="${page}" rel="noreferrer">${text}</a>`
    : html`${text}`;
}

function findings({ findings: found }: Verdict): Html | string {
  if (found.length === 0) return "";
  const value = (of: unknown): Html => html`<td><code>${seen(clip(JSON.stringify(of), longest))}</code>`;
  return html`<div class="wide" role="group" tabindex="0" aria-label="Findings"><table>
<thead><tr><th scope="col">check<th scope="col">level<th scope="col">place<th scope="col">expected<th scope="col">actual</thead>
<tbody>${found.map(
    ({
      check,
      level,
      at,
      expected,
      actual,
    }) => html`<tr><th scope="row">${check}<td>${level}<td><code>${seen(clip(at, longest))}</code>${value(expected)}${value(actual)}
`,
  )}</tbody></table></div>
`;
}

function deviations({ deviations: of = [] }: Verdict): Html | string {
  if (of.length === 0) return "";
  return html`<p>Deviation: ${of.map(({ op, at }, i) => html`${i > 0 ? ", " : ""}${op} <code>${clip(at, longest)}</code>`)}</p>
`;
}

function exchanges(verdict: Verdict): Html | string {
  const shown = evidence(verdict);
  if (shown === undefined) return deviations(verdict);
  const control = verdict.exchanges.find(({ role }) => role === "control");
  const against =
    control === undefined || shown.role !== "judged"
      ? ""
      : html`<h4>Against its control, which was accepted</h4>
${beside(control, shown, verdict.deviations ?? [])}
`;
  const before = verdict.exchanges.filter((one) => one !== shown && one !== control);
  const others =
    before.length === 0
      ? ""
      : html`<p class="quiet">Besides: ${before.map(({ role, action }, i) => `${i > 0 ? ", " : ""}${role} ${action}`)}; see the log.</p>
`;
  const line = curlLine(shown);
  const curl =
    line === null
      ? ""
      : html`<p>With curl, once the variables hold what was taken out:</p>
<pre class="copy" tabindex="0">${line}</pre>
`;
  return html`${deviations(verdict)}${against}<h4>Over the wire: ${shown.role} ${shown.action}</h4>
${message(shown)}
${others}${curl}`;
}
