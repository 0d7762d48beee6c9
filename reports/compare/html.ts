/** Comparison → compare.html: the result, the changes, the table by action, what agrees. */
import type { ChangeGroup, Comparison } from "../../runner/model/index.ts";
import { type Html, html, showInvisible, toText } from "../html/page/markup.ts";
import { pageEnd, pageStart } from "../html/page/shell.ts";
import type { Write } from "../report.ts";
import { formatSource } from "../text/sentences.ts";
import { plural, truncate } from "../text/visible-text.ts";
import { comparisonTable } from "./action-table.ts";
import type { CompareFormat } from "./format.ts";
import { comparisonHeadline } from "./headline.ts";
import { matrixPage } from "./matrix-html.ts";
import { agreement, groupTitle, MAX_TEXT_UNITS, omittedLines, rerunFor, sideLine, warningNote } from "./phrases.ts";

/** Groups of changes that are listed; compare.json has all changes. */
const MAX_GROUPS = 200;

const KIND_BADGES = {
  worse: "failed",
  added: "observed",
  other: "warning",
  better: "passed",
  removed: "skipped",
  undecided: "indeterminate",
} as const;

const outcomeHtml = (outcome: string): Html =>
  outcome === ""
    ? html`<span class="muted">no such case</span>`
    : html`<code>${showInvisible(truncate(outcome, MAX_TEXT_UNITS))}</code>`;

function badgeOf({ kind, fails, known }: ChangeGroup): string {
  if (fails) return known ? "known" : "failed";
  return KIND_BADGES[kind];
}

function groupHtml(group: ChangeGroup, result: Comparison): Html {
  const { before, after, cases, examples, response } = group;
  const omitted = cases > examples.length ? html`<li class="muted">and ${cases - examples.length} more` : "";
  const differences = response.map(
    (difference) =>
      html`<dt>${showInvisible(truncate(difference.location, MAX_TEXT_UNITS))}<dd>${outcomeHtml(difference.before)} → ${outcomeHtml(difference.after)}`,
  );
  const warning = group.casesWithWarning === 0 ? "" : html` <span class="muted">${warningNote(group)}</span>`;
  const rerun = rerunFor(result, examples[0]?.id ?? "");
  const command = rerun === "" ? "" : html`<pre class="copy" tabindex="0">${rerun}</pre>`;
  return html`<li><span class="badge ${badgeOf(group)}">${groupTitle(group)}</span> <strong>${plural(cases, "case")}</strong>${warning}
<dl><dt>A<dd>${outcomeHtml(before)}<dt>B<dd>${outcomeHtml(after)}${differences}</dl>
<ul>${examples.map(({ id, source }) => html`<li><code>${id}</code> <span class="muted">(${formatSource(source)})</span>`)}${omitted}</ul>${command}
`;
}

function actionRow(cells: readonly string[]): Html {
  return html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}` : html`<td class="n">${cell}`))}
`;
}

function* pageSections(result: Comparison): Generator<Html> {
  const { groups } = result;
  yield html`<a class="skip" href="#main">Skip to the content</a>
<main id="main">
<header>
<p class="muted">assay: comparison of two runs</p>
<h1>${comparisonHeadline(result)}</h1>
<p>${sideLine("A", result.a)}<br>${sideLine("B", result.b)}</p>
</header>
`;
  if (groups.length > 0)
    yield html`<section aria-labelledby="changes">
<h2 id="changes">Changes: ${plural(groups.length, "group")}</h2>
<p class="muted">Each group ends with the command that reruns its first case for B.</p>
<ul class="causes">
`;
  for (const group of groups.slice(0, MAX_GROUPS)) yield groupHtml(group, result);
  for (const line of omittedLines(result, MAX_GROUPS, "compare.json has them")) yield html`<li>${line}`;
  if (groups.length > 0)
    yield html`</ul>
</section>
`;
  yield* actionTableSection(result);
  yield html`<section aria-labelledby="agrees">
<h2 id="agrees">Agreement</h2>
<p>${agreement(result)}</p>
${result.remarks.length === 0 ? "" : html`<ul>${result.remarks.map((remark) => html`<li>${remark}`)}</ul>`}
</section>
</main>
`;
}

function* actionTableSection(result: Comparison): Generator<Html> {
  const { head, rows, foot } = comparisonTable(result);
  yield html`<section aria-labelledby="actions">
<h2 id="actions">By action</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of actions"><table>
<caption>Cases of both runs, and their changes from A to B</caption>
<thead><tr>${head.map((title, i) => (i === 0 ? html`<th scope="col">${title}` : html`<th scope="col" class="n">${title}`))}</thead>
<tbody>
`;
  for (const cells of rows) yield actionRow(cells);
  yield html`</tbody>
<tfoot>${actionRow(foot)}</tfoot></table></div>
</section>
`;
}

function writeComparison(result: Comparison, write: Write): void {
  write(pageStart(comparisonHeadline(result)));
  for (const piece of pageSections(result)) write(toText(piece));
  write(pageEnd());
}

export const htmlFormat: CompareFormat = {
  id: "html",
  file: "compare.html",
  comparison: writeComparison,
  matrix: matrixPage,
};
