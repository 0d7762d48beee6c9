/** Verdicts → a section for each action: failing cases with details, the others as table rows or counts. */
import type { Counts, Recording, Status, Verdict } from "../../../runner/model/index.ts";
import { STATUSES } from "../../../runner/model/status.ts";
import { STATUSES_BY_SEVERITY } from "../../summary/statuses.ts";
import { plural } from "../../text/visible-text.ts";
import { deviationOnly } from "../exchange/exchanges.ts";
import { type AnchorFactory, createAnchors, filterFragment } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import { countsOnly, elementId, FAILING, isDetailed, PASSING, UNDECIDED } from "../page/placement.ts";
import { createSizeBudget } from "../page/size-budget.ts";
import type { PageStatistics } from "../statistics.ts";
import { caseCounts } from "./case-counts.ts";
import { caseDetails } from "./case-details.ts";
import { caseRows } from "./case-rows.ts";

interface Page {
  readonly recording: Recording;
  readonly statistics: PageStatistics;
  readonly anchors: AnchorFactory;
  readonly exchangesOf: (verdict: Verdict) => Html;
}

export function* casesSection(recording: Recording, statistics: PageStatistics): Generator<Html> {
  const page: Page = {
    recording,
    statistics,
    anchors: createAnchors(),
    exchangesOf: createSizeBudget(statistics.withExchanges.size),
  };
  for (const action of worstActions(statistics)) {
    const families = statistics.matrix.get(action) ?? new Map<string, Counts>();
    const countIn = (statuses: readonly Status[]): number =>
      [...families.values()].reduce((n, counts) => n + statuses.reduce((m, status) => m + counts[status], 0), 0);
    yield actionHead(action, statistics);
    if (countIn(FAILING) > 0) yield* detailedCases(page, action, FAILING);
    if (countIn(UNDECIDED) > 0) {
      yield html`<details class="rows"><summary>${plural(countIn(UNDECIDED), "case")} without a verdict</summary>
`;
      yield* detailedCases(page, action, UNDECIDED);
      yield* briefCases(page, action, UNDECIDED, `Cases of ${action} without a verdict`);
      yield html`</details>
`;
    }
    if (countIn(PASSING) > 0) {
      yield html`<details class="rows"><summary>${plural(countIn(PASSING), "case")} passed or observed</summary>
`;
      yield* briefCases(page, action, PASSING, `Cases of ${action} that passed or were observed`);
      yield html`</details>
`;
    }
    yield html`</section>
`;
  }
}

/** Actions with the worst status first, else in plan order. */
function worstActions({ matrix }: PageStatistics): string[] {
  const rank = (action: string): number =>
    Math.min(
      ...[...(matrix.get(action)?.values() ?? [])].map((counts) =>
        STATUSES_BY_SEVERITY.findIndex((status) => counts[status] > 0),
      ),
    );
  return [...matrix.keys()].sort((a, b) => rank(a) - rank(b));
}

function* detailedCases(
  { recording, statistics, anchors, exchangesOf }: Page,
  action: string,
  statuses: readonly Status[],
): Generator<Html> {
  for (const verdict of recording.verdicts(action)) {
    const { status, family, id } = verdict;
    if (!statuses.includes(status) || !isDetailed(statistics, verdict)) continue;
    const exchanges = statistics.withExchanges.has(id) ? exchangesOf(verdict) : deviationOnly(verdict);
    yield html`${anchors(action, family, [status])}${caseDetails(recording.header, verdict, elementId(verdict), exchanges)}`;
  }
}

/** A table of the cases without details; empty where there are none. */
function* briefCases(
  { recording, statistics, anchors }: Page,
  action: string,
  statuses: readonly Status[],
  label: string,
): Generator<Html> {
  const remaining = function* (): Generator<Verdict> {
    for (const verdict of recording.verdicts(action))
      if (statuses.includes(verdict.status) && !isDetailed(statistics, verdict)) yield verdict;
  };
  let started = false;
  for (const piece of countsOnly(statistics)
    ? caseCounts(action, remaining(), statuses, anchors)
    : caseRows(action, remaining(), anchors)) {
    if (!started)
      yield html`<div class="wide" role="region" tabindex="0" aria-label="${label}"><table>
`;
    started = true;
    yield piece;
  }
  if (started)
    yield html`</tbody></table></div>
`;
}

function actionHead(action: string, { tally: { actions } }: PageStatistics): Html {
  const counts = actions.get(action)?.counts;
  const badges = STATUSES.flatMap((status) =>
    counts && counts[status] > 0 ? html` <span class="badge ${status}">${counts[status]} ${status}</span>` : [],
  );
  return html`<section class="action" id="${filterFragment({ action })}" data-action="${action}">
<h3>${action}${badges}</h3>
`;
}
