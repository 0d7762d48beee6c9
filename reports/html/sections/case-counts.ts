/** Cases → a table row for each family and level with the number of cases of each status. page.js reads the data attributes. */
import type { Level, Status, Verdict } from "../../../runner/model/index.ts";
import { zeroCounts } from "../../../runner/model/status.ts";
import { warningFindings } from "../../summary/cause.ts";
import type { AnchorFactory } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";

interface Row {
  readonly family: string;
  readonly level: Level;
  readonly counts: ReturnType<typeof zeroCounts>;
  warned: number;
}

/** The content of a table up to its last row; empty where there is no case. */
export function* caseCounts(
  action: string,
  cases: Iterable<Verdict>,
  statuses: readonly Status[],
  anchors: AnchorFactory,
): Generator<Html> {
  const rows = groupByFamily(cases);
  if (rows.length === 0) return;
  const hasWarnings = rows.some(({ warned }) => warned > 0);
  yield html`<thead><tr><th scope="col">family<th scope="col">level${statuses.map((status) => html`<th scope="col" class="n">${status}`)}${
    hasWarnings ? html`<th scope="col" class="n">with a warning` : ""
  }</thead>
<tbody>
`;
  for (const { family, level, counts, warned } of rows) {
    const present = statuses.filter((status) => counts[status] > 0);
    yield html`<tr data-family="${family}" data-level="${level}" data-counts="${present.map((status) => `${status} ${counts[status]}`).join()}"><td>${anchors(
      action,
      family,
      present,
    )}${family}<td>${level}${statuses.map((status) => html`<td class="n">${counts[status]}`)}${
      hasWarnings ? html`<td class="n">${warned}` : ""
    }
`;
  }
}

function groupByFamily(cases: Iterable<Verdict>): Row[] {
  const rows = new Map<string, Row>();
  for (const verdict of cases) {
    const { family, level, status } = verdict;
    const key = JSON.stringify([family, level]);
    const row = rows.get(key) ?? { family, level, counts: zeroCounts(), warned: 0 };
    rows.set(key, row);
    row.counts[status]++;
    if (warningFindings(verdict).length > 0) row.warned++;
  }
  return [...rows.values()];
}
