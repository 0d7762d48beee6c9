/** Observations → a table of what the target does where the documents do not decide. */
import { mergeAcrossActions, observedPath } from "../../summary/observations.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

/** Rows that are listed; report.json has all. */
const MAX_ROWS = 500;

export function* observationsSection({ tally, anchors }: PageStatistics): Generator<Html> {
  const rows = mergeAcrossActions(tally.observations);
  if (rows.length === 0) return;
  yield html`<section aria-labelledby="observations">
<h2 id="observations">Observed where the documents do not decide</h2>
<p>The documents are silent or contradict each other, so only the envelope of these responses is judged. ${plural(rows.length, "subject")}.</p>
<div class="wide" role="region" tabindex="0" aria-label="Table of observations"><table>
<thead><tr><th scope="col">rule or value<th scope="col">why undecided<th scope="col">actual outcomes<th scope="col">example</thead>
<tbody>
`;
  for (const row of rows.slice(0, MAX_ROWS)) {
    const { reason, actual, example, actions } = row;
    const subjectHtml = html`<code>${observedPath(row)}</code>${actions > 1 ? ` in ${plural(actions, "action")}` : ""}`;
    const outcomes = Object.entries(actual).map(
      ([outcome, cases], i) => html`${i > 0 ? ", " : ""}${cases} <code>${outcome}</code>`,
    );
    yield html`<tr><td>${subjectHtml}<td>${reason}<td>${outcomes}<td><a href="#${anchors.get(example) ?? ""}"><code>${example}</code></a>
`;
  }
  const omittedNote =
    rows.length > MAX_ROWS ? html`<p>${plural(rows.length - MAX_ROWS, "more subject")} in report.json.</p>` : "";
  yield html`</tbody></table></div>${omittedNote}
</section>
`;
}
