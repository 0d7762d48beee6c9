/** Coverage → what the documents say and this run provoked, by action; and what it did not, by cause. */
import type { Coverage, Recording } from "../../../runner/model/index.ts";
import { notExercisedCause } from "../../summary/coverage.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";

type Element = Coverage["elements"][number];

const isProvoked = ({ exercised = 0 }: Element): boolean => exercised > 0;

export function* coverage(recording: Recording): Generator<Html> {
  let begun = false;
  for (const { action, elements } of recording.coverage()) {
    if (!begun) yield opening();
    begun = true;
    yield* row(action, elements);
  }
  if (begun)
    yield html`</tbody></table></div>
</section>
`;
}

const opening = (): Html => html`<section aria-labelledby="coverage">
<h2 id="coverage">Coverage of rules and error codes</h2>
<div class="wide" role="region" tabindex="0" aria-label="Table of coverage"><table>
<caption>What the documents say, and how much of it a passed case of this run has provoked</caption>
<thead><tr><th scope="col">action<th scope="col" class="n">rules<th scope="col" class="n">codes<th scope="col">not provoked</thead>
<tbody>
`;

function* row(action: string, elements: readonly Element[]): Generator<Html> {
  const rules = elements.filter(({ kind }) => kind === "rule");
  const codes = elements.filter(({ kind }) => kind === "code");
  const share = (of: readonly Element[]): string => `${of.filter(isProvoked).length} of ${of.length}`;
  const left = [...rules, ...codes].filter((one) => !isProvoked(one));
  yield html`<tr><th scope="row">${action}<td class="n">${share(rules)}<td class="n">${share(codes)}<td>`;
  if (left.length > 0) yield* list(action, left);
  yield html`
`;
}

function* list(action: string, left: readonly Element[]): Generator<Html> {
  const byCause = new Map<string, string[]>();
  for (const one of left) {
    const cause = causeOf(one);
    const names = byCause.get(cause) ?? [];
    byCause.set(cause, names);
    names.push(one.id.startsWith(`${action}/`) ? one.id.slice(action.length + 1) : one.id);
  }
  yield html`<details><summary>${plural(left.length, "element")}</summary><dl>`;
  for (const [cause, names] of byCause) {
    yield html`<dt>${cause}<dd>`;
    for (const [i, name] of names.entries()) yield html`${i > 0 ? ", " : ""}<code>${name}</code>`;
  }
  yield html`</dl></details>`;
}

/** A rule that the documents leave open is seen, and not judged; of a code that only shows that nothing else got it. */
const causeOf = (one: Element): string =>
  one.kind === "rule" && (one.verdicts.observed ?? 0) > 0
    ? "left open by the documents, observed"
    : notExercisedCause(one);
