/** Counts by action and family → a table; each cell shows the worst status of its cases and links to them. */
import type { Counts, Status } from "../../../runner/model/index.ts";
import { STATUSES, totalCount, zeroCounts } from "../../../runner/model/status.ts";
import { STATUSES_BY_SEVERITY } from "../../summary/statuses.ts";
import { filterFragment } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

/** A sign for each status, so that colour is not the only difference. */
const STATUS_SIGNS: Readonly<Record<Status, string>> = {
  errored: "!",
  failed: "✗",
  indeterminate: "?",
  known: "≈",
  unimplemented: "∅",
  skipped: "–",
  observed: "○",
  passed: "✓",
};

const worstStatus = (counts: Counts): Status => STATUSES_BY_SEVERITY.find((status) => counts[status] > 0) ?? "passed";

export function* matrixSection({ matrix: rows, families }: PageStatistics): Generator<Html> {
  const legend = STATUSES.map(
    (status) => html`<span class="badge ${status}">${STATUS_SIGNS[status]} ${status}</span> `,
  );
  yield html`<section aria-labelledby="matrix">
<h2 id="matrix">Actions and families</h2>
<p>Each cell shows the worst status of its cases and how many cases have it. ${legend}</p>
<div class="wide" role="region" tabindex="0" aria-label="Table of actions and families"><table class="matrix">
<thead><tr><th scope="col">action<th scope="col" class="vertical">all${families.map(
    (family) => html`<th scope="col" class="vertical"><a href="#${filterFragment({ family })}">${family}</a>`,
  )}</thead>
<tbody>
`;
  for (const [action, cells] of rows) {
    const sum = sumCounts(cells.values());
    yield html`<tr><th scope="row"><a href="#${filterFragment({ action })}">${action}</a>${cell(action, "", sum)}${families.map(
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
  const worst = worstStatus(counts);
  const total = totalCount(counts);
  const statusCounts = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const fragment = filterFragment(family === "" ? { action } : { action, family });
  const text = `${STATUS_SIGNS[worst]} ${counts[worst] === total ? total : `${counts[worst]}/${total}`}`;
  // WCAG 2.5.3: the accessible name begins with the visible text, so that voice control can name the link.
  const label = `${text}, ${action} ${family || "all families"}: ${statusCounts.join(", ")}`;
  return html`<td class="cell ${worst}"><a href="#${fragment}" aria-label="${label}" title="${statusCounts.join(", ")}">${text}</a>`;
}

function sumCounts(cells: Iterable<Counts>): Counts {
  const sum = zeroCounts();
  for (const counts of cells) for (const status of STATUSES) sum[status] += counts[status];
  return sum;
}
