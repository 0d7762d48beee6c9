/** Matrix → a page: the result of each target for each action, and below for each family of its cases. */
import type { CellState, Matrix, MatrixColumn, MatrixRow } from "../../runner/model/index.ts";
import { STATUSES } from "../../runner/model/status.ts";
import { type Html, html, toText } from "../html/page/markup.ts";
import { pageEnd, pageStart } from "../html/page/shell.ts";
import type { Write } from "../report.ts";
import { STATUSES_BY_SEVERITY } from "../summary/statuses.ts";
import { plural } from "../text/visible-text.ts";
import { legend, matrixRunLine } from "./matrix-legend.ts";

function cellHtml(cell: CellState | null): Html {
  if (cell === null) return html`<td>—`;
  const statusCounts = STATUSES.filter((status) => cell.counts[status] > 0).map(
    (status) => `${cell.counts[status]} ${status}`,
  );
  // The colour of a cell; its text has the same meaning.
  const worst = STATUSES_BY_SEVERITY.find((status) => cell.counts[status] > 0) ?? "skipped";
  return html`<td><span class="badge ${worst}" title="${statusCounts.join(", ")}">${cell.word}</span>`;
}

const rowHtml = ({ name, cells }: MatrixRow): Html => html`<tr><th scope="row">${name}${cells.map(cellHtml)}
`;

function* tableHtml(
  caption: string,
  rowHeading: string,
  columns: readonly MatrixColumn[],
  rows: readonly MatrixRow[],
  totalRow?: MatrixRow,
) {
  yield html`<div class="wide" role="region" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr><th scope="col">${rowHeading}${columns.map(({ name }) => html`<th scope="col">${name}`)}</thead>
<tbody>
`;
  for (const row of rows) yield rowHtml(row);
  yield html`</tbody>${totalRow === undefined ? "" : html`<tfoot>${rowHtml(totalRow)}</tfoot>`}</table></div>
`;
}

function* pageSections({ columns, actions, all: totalRow }: Matrix): Generator<Html> {
  yield html`<a class="skip" href="#main">Skip to the content</a>
<main id="main">
<header>
<p class="muted">assay: conformance of targets to their documentation</p>
<h1>Conformance: ${plural(columns.length, "target")}</h1>
</header>
<section aria-labelledby="matrix">
<h2 id="matrix">By action</h2>
`;
  yield* tableHtml("The result of each target for each action", "action", columns, actions, totalRow);
  yield html`<dl>${legend.map(([word, meaning]) => html`<dt>${word}<dd>${meaning}`)}</dl>
</section>
<section aria-labelledby="families">
<h2 id="families">By family of cases</h2>
`;
  for (const { name, families } of actions) {
    yield html`<details><summary>${name}</summary>
`;
    yield* tableHtml(`Families of ${name}`, "family", columns, families);
    yield html`</details>
`;
  }
  yield html`</section>
<section aria-labelledby="runs">
<h2 id="runs">The runs</h2>
<ul>${columns.map((column) => html`<li>${matrixRunLine(column)}`)}</ul>
</section>
</main>
`;
}

export function matrixPage(matrix: Matrix, write: Write): void {
  write(pageStart(`Conformance: ${plural(matrix.columns.length, "target")}`));
  for (const piece of pageSections(matrix)) write(toText(piece));
  write(pageEnd());
}
