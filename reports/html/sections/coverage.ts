/** Coverage → a table by action: how many rules and error codes the run exercised, and the others by cause. */
import type { Coverage, Recording } from "../../../runner/model/index.ts";
import { notExercisedCause } from "../../summary/coverage.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";

type Element = Coverage["elements"][number];

const isExercised = ({ exercised = 0 }: Element): boolean => exercised > 0;

export function* coverageSection(recording: Recording): Generator<Html> {
  let started = false;
  for (const { action, elements } of recording.coverage()) {
    if (!started) yield tableStart();
    started = true;
    yield* actionRow(action, elements);
  }
  if (started)
    yield html`</tbody></table></div>
</section>
`;
}

const tableStart = (): Html => html`<section aria-labelledby="coverage">
<h2 id="coverage">Coverage of rules and error codes</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of coverage"><table>
<caption>Documented rules and error codes, and how many of them a passed case of this run exercised</caption>
<thead><tr><th scope="col">action<th scope="col" class="n">rules<th scope="col" class="n">codes<th scope="col">not exercised</thead>
<tbody>
`;

function* actionRow(action: string, elements: readonly Element[]): Generator<Html> {
  const rules = elements.filter(({ kind }) => kind === "rule");
  const codes = elements.filter(({ kind }) => kind === "code");
  const exercisedShare = (group: readonly Element[]): string =>
    `${group.filter(isExercised).length} of ${group.length}`;
  const notExercised = [...rules, ...codes].filter((element) => !isExercised(element));
  yield html`<tr><th scope="row">${action}<td class="n">${exercisedShare(rules)}<td class="n">${exercisedShare(codes)}<td>`;
  if (notExercised.length > 0) yield* notExercisedList(action, notExercised);
  yield html`
`;
}

function* notExercisedList(action: string, notExercised: readonly Element[]): Generator<Html> {
  const byCause = new Map<string, string[]>();
  for (const element of notExercised) {
    const cause = causeOf(element);
    const shortIds = byCause.get(cause) ?? [];
    byCause.set(cause, shortIds);
    shortIds.push(element.id.startsWith(`${action}/`) ? element.id.slice(action.length + 1) : element.id);
  }
  yield html`<details><summary>${plural(notExercised.length, "element")}</summary><dl>`;
  for (const [cause, shortIds] of byCause) {
    yield html`<dt>${cause}<dd>`;
    for (const [i, shortId] of shortIds.entries()) yield html`${i > 0 ? ", " : ""}<code>${shortId}</code>`;
  }
  yield html`</dl></details>`;
}

/** An observed verdict counts for a rule only: cases whose outcome the documents leave undecided were sent, but not judged. */
const causeOf = (element: Element): string =>
  element.kind === "rule" && (element.verdicts.observed ?? 0) > 0
    ? "not decided by the documents, only observed"
    : notExercisedCause(element);
