/** Verdicts of an action → its part of the page: what did not pass in full, what passed as a row each. */
import type { Counts, Recording, Status, Verdict } from "../../runner/model.ts";
import { statuses, worstFirst } from "../status.ts";
import { clip, plural } from "../text.ts";
import { anchor } from "./anchor.ts";
import { detailsOf } from "./case.ts";
import { type Html, html } from "./markup.ts";
import type { Survey } from "./survey.ts";

/** Beyond so many cases what passed is counted by family, and no longer a row each. */
const mostRows = 20_000;

/** Longest word for what was seen, in UTF-16 units. */
const longest = 120;

/** What is shown at once, what is there to be opened, and what is a row each. */
const urgent: readonly Status[] = ["errored", "failed", "known"];
const open: readonly Status[] = ["indeterminate", "unimplemented", "skipped"];
const fine: readonly Status[] = ["passed", "observed"];

const isRow = (status: Status): boolean => fine.includes(status);

/** The id of a case's element. */
const idOf = ({ n }: Verdict): string => `c${n}`;

const isFolded = (total: number): boolean => total > mostRows;

/** Where a case is found on a page of so many: its own element, or the row that counts it. */
export const placeOf = (verdict: Verdict, total: number): string =>
  isFolded(total) && isRow(verdict.status) ? anchor(verdict) : idOf(verdict);

export function* cases(recording: Recording, survey: Survey): Generator<Html> {
  const folded = isFolded(survey.total);
  for (const action of worstActions(survey)) {
    const families = survey.matrix.get(action) ?? new Map<string, Counts>();
    const count = (of: readonly Status[]): number =>
      [...families.values()].reduce((n, counts) => n + of.reduce((m, status) => m + counts[status], 0), 0);
    yield head(action, survey);
    const started = new Set<string>();
    const first = (family: string): string | undefined => {
      if (started.has(family)) return undefined;
      started.add(family);
      return anchor({ action, family });
    };
    if (count(urgent) > 0) yield* inFull(recording, survey, action, urgent, first);
    if (count(open) > 0) {
      yield html`<details class="rows"><summary>${plural(count(open), "case")} without a verdict</summary>
`;
      yield* inFull(recording, survey, action, open, first);
      yield html`</details>
`;
    }
    if (count(fine) > 0) {
      yield html`<details class="rows"><summary>${plural(count(fine), "case")} passed or observed</summary>
<div class="wide" role="region" tabindex="0" aria-label="Cases of ${action} that passed or were observed"><table>
`;
      yield* folded ? counts(action, families, survey, first) : table(recording, action, first);
      yield html`</table></div></details>
`;
    }
    yield html`</section>
`;
  }
}

/** Whoever looks for failures finds them first; else in plan order. */
function worstActions({ matrix }: Survey): string[] {
  const rank = (action: string): number =>
    Math.min(
      ...[...(matrix.get(action)?.values() ?? [])].map((counts) =>
        worstFirst.findIndex((status) => counts[status] > 0),
      ),
    );
  return [...matrix.keys()].sort((a, b) => rank(a) - rank(b));
}

function* inFull(
  { header, verdicts }: Recording,
  { shown }: Survey,
  action: string,
  of: readonly Status[],
  first: (family: string) => string | undefined,
): Generator<Html> {
  for (const verdict of verdicts(action)) {
    if (!of.includes(verdict.status)) continue;
    const anchored = first(verdict.family);
    const mark = anchored === undefined ? "" : html`<span id="${anchored}"></span>`;
    yield html`${mark}${detailsOf(header, verdict, idOf(verdict), shown.has(verdict.id))}`;
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
  action: string,
  families: ReadonlyMap<string, Counts>,
  { warned }: Survey,
  first: (family: string) => string | undefined,
): Generator<Html> {
  yield html`<thead><tr><th scope="col">family<th scope="col" class="n">passed<th scope="col" class="n">with a warning<th scope="col" class="n">observed</thead>
<tbody>
`;
  for (const [family, { passed, observed }] of families) {
    if (passed + observed === 0) continue;
    const mark = first(family);
    yield html`<tr data-family="${family}" data-passed="${passed}" data-observed="${observed}"><td>${
      mark === undefined ? family : html`<span id="${mark}">${family}</span>`
    }<td class="n">${passed}<td class="n">${warned.get(action)?.get(family) ?? 0}<td class="n">${observed}
`;
  }
  yield html`</tbody>`;
}
