/** Verdicts of an action → its part of the page: what did not pass in full, the others as rows. */
import type { Counts, Recording, Status, Verdict } from "../../../runner/model/index.ts";
import { statuses, worstFirst } from "../../summary/statuses.ts";
import { plural } from "../../text/visible-text.ts";
import { brief } from "../exchange/exchanges.ts";
import { anchor, type Marks, marking } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import { fine, idOf, isFolded, isInFull, open, urgent } from "../page/placement.ts";
import { room } from "../page/size-budget.ts";
import type { Survey } from "../statistics.ts";
import { counted } from "./case-counts.ts";
import { detailsOf } from "./case-details.ts";
import { rows } from "./case-rows.ts";

interface Page {
  readonly recording: Recording;
  readonly survey: Survey;
  readonly marks: Marks;
  readonly wire: (verdict: Verdict) => Html;
}

export function* cases(recording: Recording, survey: Survey): Generator<Html> {
  const page: Page = { recording, survey, marks: marking(), wire: room(survey.shown.size) };
  for (const action of worstActions(survey)) {
    const families = survey.matrix.get(action) ?? new Map<string, Counts>();
    const count = (of: readonly Status[]): number =>
      [...families.values()].reduce((n, counts) => n + of.reduce((m, status) => m + counts[status], 0), 0);
    yield head(action, survey);
    if (count(urgent) > 0) yield* inFull(page, action, urgent);
    if (count(open) > 0) {
      yield html`<details class="rows"><summary>${plural(count(open), "case")} without a verdict</summary>
`;
      yield* inFull(page, action, open);
      yield* inBrief(page, action, open, `Cases of ${action} without a verdict`);
      yield html`</details>
`;
    }
    if (count(fine) > 0) {
      yield html`<details class="rows"><summary>${plural(count(fine), "case")} passed or observed</summary>
`;
      yield* inBrief(page, action, fine, `Cases of ${action} that passed or were observed`);
      yield html`</details>
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

function* inFull({ recording, survey, marks, wire }: Page, action: string, of: readonly Status[]): Generator<Html> {
  for (const verdict of recording.verdicts(action)) {
    const { status, family, id } = verdict;
    if (!of.includes(status) || !isInFull(survey, verdict)) continue;
    const shown = survey.shown.has(id) ? wire(verdict) : brief(verdict);
    yield html`${marks(action, family, [status])}${detailsOf(recording.header, verdict, idOf(verdict), shown)}`;
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
      if (of.includes(verdict.status) && !isInFull(survey, verdict)) yield verdict;
  };
  let begun = false;
  for (const piece of isFolded(survey) ? counted(action, some(), of, marks) : rows(action, some(), marks)) {
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

function head(action: string, { counted: { actions } }: Survey): Html {
  const counts = actions.get(action)?.counts;
  const badges = statuses.flatMap((status) =>
    counts && counts[status] > 0 ? html` <span class="badge ${status}">${counts[status]} ${status}</span>` : [],
  );
  return html`<section class="action" id="${anchor({ action })}" data-action="${action}">
<h3>${action}${badges}</h3>
`;
}
