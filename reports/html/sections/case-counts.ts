/** Cases → a row for each family and level, with the number of each status. The script of the page reads its attributes. */
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

/** The inside of a table but for its end; nothing where there is no case. */
export function* caseCounts(
  action: string,
  cases: Iterable<Verdict>,
  of: readonly Status[],
  marks: AnchorFactory,
): Generator<Html> {
  const rows = groupByFamily(cases);
  if (rows.length === 0) return;
  const warns = rows.some(({ warned }) => warned > 0);
  yield html`<thead><tr><th scope="col">family<th scope="col">level${of.map((status) => html`<th scope="col" class="n">${status}`)}${
    warns ? html`<th scope="col" class="n">with a warning` : ""
  }</thead>
<tbody>
`;
  for (const { family, level, counts, warned } of rows) {
    const some = of.filter((status) => counts[status] > 0);
    yield html`<tr data-family="${family}" data-level="${level}" data-counts="${some.map((status) => `${status} ${counts[status]}`).join()}"><td>${marks(
      action,
      family,
      some,
    )}${family}<td>${level}${of.map((status) => html`<td class="n">${counts[status]}`)}${
      warns ? html`<td class="n">${warned}` : ""
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
