/** Verdict of a case that did not pass → its details: source, rule, findings, rerun command, HTTP exchanges. */
import type { Header, Json, Verdict } from "../../../runner/model/index.ts";
import { formatExpectation, formatRerun } from "../../text/sentences.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { sourceLink } from "../page/source-link.ts";

/** Longest reason or value of a finding, in UTF-16 units; report.json has the whole. */
const MAX_TEXT_UNITS = 1000;

/** `id`: of the element. `exchanges`: markup of the HTTP exchanges of the case. */
export function caseDetails(header: Header, verdict: Verdict, id: string, exchanges: Html): Html {
  const { status, level, family, title, source, rule, reason } = verdict;
  return html`<details class="case" id="${id}" data-status="${status}" data-level="${level}" data-family="${family}">
<summary><span class="badge ${status}">${status}</span> <code>${verdict.id}</code><br>${title}</summary>
<dl>
<dt>Document<dd>${sourceLink(source)}
${
  rule === null
    ? ""
    : html`<dt>Rule<dd><code>${rule}</code>
`
}<dt>Level<dd>${level}
<dt>Outcome<dd>${outcomeText(verdict)}
${
  reason === ""
    ? ""
    : html`<dt>Reason<dd>${truncate(reason, MAX_TEXT_UNITS)}
`
}</dl>
${findingsTable(verdict)}<p>Send only this case again and print its HTTP exchanges:</p>
<pre class="copy" tabindex="0">${formatRerun(header, verdict.id)}</pre>
${exchanges}</details>
`;
}

/** Where the outcome is the expected success, the case failed for its findings. */
const outcomeText = (verdict: Verdict): string =>
  verdict.expect.outcome === "success" && verdict.actual === "success"
    ? "success, as expected; the findings below show what is wrong"
    : formatExpectation(verdict);

function findingsTable({ findings }: Verdict): Html | string {
  if (findings.length === 0) return "";
  const valueCell = (value: Json): Html =>
    html`<td><code>${showInvisible(truncate(JSON.stringify(value), MAX_TEXT_UNITS))}</code>`;
  // A list of texts is a choice: each of the codes is acceptable.
  const expectedCell = (value: Json): Html => {
    const choices = Array.isArray(value) ? value : [value];
    if (choices.length === 0 || !choices.every((choice) => typeof choice === "string")) return valueCell(value);
    return html`<td>${choices.map((choice, i) => html`${i > 0 ? " or " : ""}<code>${showInvisible(truncate(choice, MAX_TEXT_UNITS))}</code>`)}`;
  };
  return html`<div class="wide" role="group" tabindex="0" aria-label="Findings"><table>
<thead><tr><th scope="col">check<th scope="col">level<th scope="col">location<th scope="col">expected<th scope="col">actual</thead>
<tbody>${findings.map(
    ({
      check,
      level,
      location,
      expected,
      actual,
    }) => html`<tr><th scope="row">${check}<td>${level}<td><code>${showInvisible(truncate(location, MAX_TEXT_UNITS))}</code>${expectedCell(expected)}${valueCell(actual)}
`,
  )}</tbody></table></div>
`;
}
