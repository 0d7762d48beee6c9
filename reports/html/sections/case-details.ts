/** A case that did not pass → all that one must know of it: the document, the findings, the deviation, what went over the wire, how to repeat it. */
import type { Header, Json, Verdict } from "../../../runner/model/index.ts";
import { formatExpectation, formatRerun } from "../../text/sentences.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { sourceLink } from "../page/source-link.ts";

/** Longest value of a finding, in UTF-16 units; report.json has the whole. */
const longest = 1000;

/** `wire`: what is shown of its exchanges. */
export function caseDetails(header: Header, verdict: Verdict, id: string, wire: Html): Html {
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
<dt>Outcome<dd>${outcome(verdict)}
${
  reason === ""
    ? ""
    : html`<dt>Reason<dd>${truncate(reason, longest)}
`
}</dl>
${findings(verdict)}<p>Send just this case again, and see what goes over the wire:</p>
<pre class="copy" tabindex="0">${formatRerun(header, verdict.id)}</pre>
${wire}</details>
`;
}

/** Where it is as hoped for, something else is wrong, and the findings say what. */
const outcome = (verdict: Verdict): string =>
  verdict.expect.outcome === "success" && verdict.actual === "success"
    ? "success, as expected; what is wrong stands below"
    : formatExpectation(verdict);

function findings({ findings: found }: Verdict): Html | string {
  if (found.length === 0) return "";
  const value = (of: Json): Html => html`<td><code>${showInvisible(truncate(JSON.stringify(of), longest))}</code>`;
  // What is expected comes from a document: codes, a choice of which one will do, or words.
  const wanted = (of: Json): Html => {
    const words = Array.isArray(of) ? of : [of];
    if (words.length === 0 || !words.every((word) => typeof word === "string")) return value(of);
    return html`<td>${words.map((word, i) => html`${i > 0 ? " or " : ""}<code>${showInvisible(truncate(word, longest))}</code>`)}`;
  };
  return html`<div class="wide" role="group" tabindex="0" aria-label="Findings"><table>
<thead><tr><th scope="col">check<th scope="col">level<th scope="col">place<th scope="col">expected<th scope="col">actual</thead>
<tbody>${found.map(
    ({
      check,
      level,
      location,
      expected,
      actual,
    }) => html`<tr><th scope="row">${check}<td>${level}<td><code>${showInvisible(truncate(location, longest))}</code>${wanted(expected)}${value(actual)}
`,
  )}</tbody></table></div>
`;
}
