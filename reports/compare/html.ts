/** Comparison → a page: the answer, what changed, the table by action, what agrees. */
import type { ChangeGroup, Comparison } from "../../runner/model/index.ts";
import { type Html, html, showInvisible, toText } from "../html/page/markup.ts";
import { pageEnd, pageStart } from "../html/page/shell.ts";
import type { Write } from "../report.ts";
import { formatSource } from "../text/sentences.ts";
import { plural, truncate } from "../text/visible-text.ts";
import { rowsOf } from "./action-table.ts";
import type { CompareFormat } from "./format.ts";
import { comparisonHeadline } from "./headline.ts";
import { matrixPage } from "./matrix-html.ts";
import { agreement, groupTitle, MAX_TEXT, omittedLines, rerunFor, sideLine, warningNote } from "./phrases.ts";

/** Groups that are listed; compare.json has all changes. */
const most = 200;

const colours = {
  worse: "failed",
  added: "observed",
  other: "warning",
  better: "passed",
  removed: "skipped",
  undecided: "indeterminate",
} as const;

const state = (words: string): Html =>
  words === ""
    ? html`<span class="quiet">not there</span>`
    : html`<code>${showInvisible(truncate(words, MAX_TEXT))}</code>`;

function badgeOf({ kind, fails, known }: ChangeGroup): string {
  if (fails) return known ? "known" : "failed";
  return colours[kind];
}

function groupHtml(group: ChangeGroup, of: Comparison): Html {
  const { before, after, cases, examples, response: parts } = group;
  const left = cases > examples.length ? html`<li class="quiet">and ${cases - examples.length} more` : "";
  const told = parts.map(
    (one) => html`<dt>${showInvisible(truncate(one.location, MAX_TEXT))}<dd>${state(one.before)} → ${state(one.after)}`,
  );
  const beside = group.casesWithWarning === 0 ? "" : html` <span class="quiet">${warningNote(group)}</span>`;
  const repeat = rerunFor(of, examples[0]?.id ?? "");
  const command = repeat === "" ? "" : html`<pre class="copy" tabindex="0">${repeat}</pre>`;
  return html`<li><span class="badge ${badgeOf(group)}">${groupTitle(group)}</span> <strong>${plural(cases, "case")}</strong>${beside}
<dl><dt>A<dd>${state(before)}<dt>B<dd>${state(after)}${told}</dl>
<ul>${examples.map(({ id, source }) => html`<li><code>${id}</code> <span class="quiet">(${formatSource(source)})</span>`)}${left}</ul>${command}
`;
}

function actionRow(cells: readonly string[]): Html {
  return html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}` : html`<td class="n">${cell}`))}
`;
}

function* sections(of: Comparison): Generator<Html> {
  const { groups } = of;
  yield html`<a class="skip" href="#main">To the content</a>
<main id="main">
<header>
<p class="quiet">assay, two runs side by side</p>
<h1>${comparisonHeadline(of)}</h1>
<p>${sideLine("A", of.a)}<br>${sideLine("B", of.b)}</p>
</header>
`;
  if (groups.length > 0)
    yield html`<section aria-labelledby="changes">
<h2 id="changes">What changed: ${plural(groups.length, "group")}</h2>
<p class="quiet">Below each, the command that repeats its first case for B.</p>
<ul class="causes">
`;
  for (const group of groups.slice(0, most)) yield groupHtml(group, of);
  for (const line of omittedLines(of, most, "compare.json has them")) yield html`<li>${line}`;
  if (groups.length > 0)
    yield html`</ul>
</section>
`;
  yield* table(of);
  yield html`<section aria-labelledby="agrees">
<h2 id="agrees">What agrees</h2>
<p>${agreement(of)}</p>
${of.remarks.length === 0 ? "" : html`<ul>${of.remarks.map((remark) => html`<li>${remark}`)}</ul>`}
</section>
</main>
`;
}

function* table(of: Comparison): Generator<Html> {
  const { head, rows, foot } = rowsOf(of);
  yield html`<section aria-labelledby="actions">
<h2 id="actions">By action</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of actions"><table>
<caption>Cases of both runs, and what became of them from A to B</caption>
<thead><tr>${head.map((title, i) => (i === 0 ? html`<th scope="col">${title}` : html`<th scope="col" class="n">${title}`))}</thead>
<tbody>
`;
  for (const cells of rows) yield actionRow(cells);
  yield html`</tbody>
<tfoot>${actionRow(foot)}</tfoot></table></div>
</section>
`;
}

function comparison(of: Comparison, write: Write): void {
  write(pageStart(comparisonHeadline(of)));
  for (const piece of sections(of)) write(toText(piece));
  write(pageEnd());
}

export const htmlFormat: CompareFormat = { id: "html", file: "compare.html", comparison, matrix: matrixPage };
