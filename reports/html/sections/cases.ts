/** Verdicts of an action → its part of the page: what did not pass in full, the others as rows. */
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
import { rows } from "./case-rows.ts";

interface Page {
  readonly recording: Recording;
  readonly survey: PageStatistics;
  readonly marks: AnchorFactory;
  readonly wire: (verdict: Verdict) => Html;
}

export function* cases(recording: Recording, survey: PageStatistics): Generator<Html> {
  const page: Page = { recording, survey, marks: createAnchors(), wire: createSizeBudget(survey.shown.size) };
  for (const action of worstActions(survey)) {
    const families = survey.matrix.get(action) ?? new Map<string, Counts>();
    const count = (of: readonly Status[]): number =>
      [...families.values()].reduce((n, counts) => n + of.reduce((m, status) => m + counts[status], 0), 0);
    yield head(action, survey);
    if (count(FAILING) > 0) yield* inFull(page, action, FAILING);
    if (count(UNDECIDED) > 0) {
      yield html`<details class="rows"><summary>${plural(count(UNDECIDED), "case")} without a verdict</summary>
`;
      yield* inFull(page, action, UNDECIDED);
      yield* inBrief(page, action, UNDECIDED, `Cases of ${action} without a verdict`);
      yield html`</details>
`;
    }
    if (count(PASSING) > 0) {
      yield html`<details class="rows"><summary>${plural(count(PASSING), "case")} passed or observed</summary>
`;
      yield* inBrief(page, action, PASSING, `Cases of ${action} that passed or were observed`);
      yield html`</details>
`;
    }
    yield html`</section>
`;
  }
}

/** Whoever looks for failures finds them first; else in plan order. */
function worstActions({ matrix }: PageStatistics): string[] {
  const rank = (action: string): number =>
    Math.min(
      ...[...(matrix.get(action)?.values() ?? [])].map((counts) =>
        STATUSES_BY_SEVERITY.findIndex((status) => counts[status] > 0),
      ),
    );
  return [...matrix.keys()].sort((a, b) => rank(a) - rank(b));
}

function* inFull({ recording, survey, marks, wire }: Page, action: string, of: readonly Status[]): Generator<Html> {
  for (const verdict of recording.verdicts(action)) {
    const { status, family, id } = verdict;
    if (!of.includes(status) || !isDetailed(survey, verdict)) continue;
    const shown = survey.shown.has(id) ? wire(verdict) : deviationOnly(verdict);
    yield html`${marks(action, family, [status])}${caseDetails(recording.header, verdict, elementId(verdict), shown)}`;
  }
}

/** A table of those that are not told in full; nothing where there are none. */
function* inBrief(
  { recording, survey, marks }: Page,
  action: string,
  of: readonly Status[],
  label: string,
): Generator<Html> {
  const some = function* (): Generator<Verdict> {
    for (const verdict of recording.verdicts(action))
      if (of.includes(verdict.status) && !isDetailed(survey, verdict)) yield verdict;
  };
  let begun = false;
  for (const piece of countsOnly(survey) ? caseCounts(action, some(), of, marks) : rows(action, some(), marks)) {
    if (!begun)
      yield html`<div class="wide" role="region" tabindex="0" aria-label="${label}"><table>
`;
    begun = true;
    yield piece;
  }
  if (begun)
    yield html`</tbody></table></div>
`;
}

function head(action: string, { counted: { actions } }: PageStatistics): Html {
  const counts = actions.get(action)?.counts;
  const badges = STATUSES.flatMap((status) =>
    counts && counts[status] > 0 ? html` <span class="badge ${status}">${counts[status]} ${status}</span>` : [],
  );
  return html`<section class="action" id="${filterFragment({ action })}" data-action="${action}">
<h3>${action}${badges}</h3>
`;
}
