/** Counts by action and family → a table in which each cell says the worst of its cases, and leads to them. */
import type { Counts, Status } from "../../../runner/model/index.ts";
import { STATUSES, totalCount, zeroCounts } from "../../../runner/model/status.ts";
import { STATUSES_BY_SEVERITY } from "../../summary/statuses.ts";
import { filterFragment } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

/** So that colour is not all that tells them apart. */
const signs: Readonly<Record<Status, string>> = {
  errored: "!",
  failed: "✗",
  indeterminate: "?",
  known: "≈",
  unimplemented: "∅",
  skipped: "–",
  observed: "○",
  passed: "✓",
};

const worstOf = (counts: Counts): Status => STATUSES_BY_SEVERITY.find((status) => counts[status] > 0) ?? "passed";

export function* matrixSection({ matrix: rows, families }: PageStatistics): Generator<Html> {
  const legend = STATUSES.map((status) => html`<span class="badge ${status}">${signs[status]} ${status}</span> `);
  yield html`<section aria-labelledby="matrix">
<h2 id="matrix">Actions and families</h2>
<p>Each cell has the colour and sign of the worst of its cases, and how many are like it. ${legend}</p>
<div class="wide" role="region" tabindex="0" aria-label="Table of actions and families"><table class="matrix">
<thead><tr><th scope="col">action<th scope="col" class="turned">all${families.map(
    (family) => html`<th scope="col" class="turned"><a href="#${filterFragment({ family })}">${family}</a>`,
  )}</thead>
<tbody>
`;
  for (const [action, cells] of rows) {
    const all = total(cells.values());
    yield html`<tr><th scope="row"><a href="#${filterFragment({ action })}">${action}</a>${cell(action, "", all)}${families.map(
      (family) => cell(action, family, cells.get(family)),
    )}
`;
  }
  yield html`</tbody></table></div>
</section>
`;
}

function cell(action: string, family: string, counts: Counts | undefined): Html {
  if (counts === undefined) return html`<td>`;
  const worst = worstOf(counts);
  const of = totalCount(counts);
  const words = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const to = filterFragment(family === "" ? { action } : { action, family });
  const text = `${signs[worst]} ${counts[worst] === of ? of : `${counts[worst]}/${of}`}`;
  // What is heard begins with what is seen, so that it can also be spoken to.
  const label = `${text}, ${action} ${family || "all families"}: ${words.join(", ")}`;
  return html`<td class="cell ${worst}"><a href="#${to}" aria-label="${label}" title="${words.join(", ")}">${text}</a>`;
}

function total(cells: Iterable<Counts>): Counts {
  const all = zeroCounts();
  for (const counts of cells) for (const status of STATUSES) all[status] += counts[status];
  return all;
}
