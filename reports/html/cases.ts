/** Verdicts of an action → its part of the page: what did not pass in full, what passed as a row each. */
import type { Header, Recording, Status, Verdict } from "../../runner/model.ts";
import { statuses } from "../status.ts";
import { clip, plural } from "../text.ts";
import { anchor } from "./anchor.ts";
import { detailsOf } from "./case.ts";
import { type Html, html } from "./markup.ts";
import type { Survey } from "./survey.ts";

/** Beyond so many cases what passed is counted by family, and no longer a row each. */
const mostRows = 20_000;

/** Longest word for what was seen, in UTF-16 units. */
const longest = 120;

const isRow = (status: Status): boolean => status === "passed" || status === "observed";

/** The id of a case's element. */
const idOf = ({ n }: Verdict): string => `c${n}`;

const isFolded = (total: number): boolean => total > mostRows;

/** Where a case is found on a page of so many: its own element, or the row that counts it. */
export const placeOf = (verdict: Verdict, total: number): string =>
  isFolded(total) && isRow(verdict.status) ? anchor(verdict) : idOf(verdict);

export function* cases(recording: Recording, survey: Survey): Generator<Html> {
  const folded = isFolded(survey.total);
  for (const [action, families] of survey.matrix) {
    const rows = [...families.values()].reduce((n, counts) => n + counts.passed + counts.observed, 0);
    yield head(action, survey);
    const started = new Set<string>();
    const first = (family: string): string | undefined => {
      if (started.has(family)) return undefined;
      started.add(family);
      return anchor({ action, family });
    };
    for (const verdict of recording.verdicts(action))
      if (!isRow(verdict.status)) yield other(recording.header, verdict, survey, first(verdict.family));
    if (rows > 0) {
      yield html`<details class="rows"><summary>${plural(rows, "case")} passed or observed</summary>
<div class="wide" role="region" tabindex="0" aria-label="Cases of ${action} that passed or were observed"><table>
`;
      yield* folded ? counts(families, first) : table(recording, action, first);
      yield html`</table></div></details>
`;
    }
    yield html`</section>
`;
  }
}

function head(action: string, { counted }: Survey): Html {
  const counts = counted.actions.get(action)?.counts;
  const badges = statuses.flatMap((status) =>
    counts && counts[status] > 0 ? html` <span class="badge ${status}">${counts[status]} ${status}</span>` : [],
  );
  return html`<section class="action" id="${anchor({ action })}" data-action="${action}">
<h3>${action}${badges}</h3>
`;
}

function other(header: Header, verdict: Verdict, { shown }: Survey, first: string | undefined): Html {
  const mark = first === undefined ? "" : html`<span id="${first}"></span>`;
  return html`${mark}${detailsOf(header, verdict, idOf(verdict), shown.has(verdict.id))}`;
}

function* table(recording: Recording, action: string, first: (family: string) => string | undefined): Generator<Html> {
  yield html`<thead><tr><th scope="col">status<th scope="col">level<th scope="col">family<th scope="col">case<th scope="col">seen<th scope="col" class="n">ms</thead>
<tbody>
`;
  for (const verdict of recording.verdicts(action)) {
    const { id, status, level, family, seen, ms, findings } = verdict;
    if (!isRow(status)) continue;
    const mark = first(family);
    const name = id.startsWith(`${action}/`) ? id.slice(action.length + 1) : id;
    const warned = findings.length > 0 ? html` <span class="badge warning">warning</span>` : "";
    yield html`<tr id="${idOf(verdict)}"><td class="${status}">${status}<td>${level}<td>${
      mark === undefined ? family : html`<span id="${mark}">${family}</span>`
    }<td><code>${name}</code>${warned}<td>${clip(seen, longest)}<td class="n">${Math.round(ms)}
`;
  }
  yield html`</tbody>`;
}

function* counts(
  families: Survey["matrix"] extends ReadonlyMap<string, infer Row> ? Row : never,
  first: (family: string) => string | undefined,
): Generator<Html> {
  yield html`<thead><tr><th scope="col">family<th scope="col" class="n">passed<th scope="col" class="n">observed</thead>
<tbody>
`;
  for (const [family, { passed, observed }] of families) {
    const mark = first(family);
    yield html`<tr><td>${mark === undefined ? family : html`<span id="${mark}">${family}</span>`}<td class="n">${passed}<td class="n">${observed}
`;
  }
  yield html`</tbody>`;
}
