/** Observations → what the target does where its documents are silent or at odds. */
import { mergeAcrossActions } from "../../summary/observations.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

/** Places that are listed; report.json has all. */
const most = 500;

export function* observations({ counted }: PageStatistics, anchors: ReadonlyMap<string, string>): Generator<Html> {
  const rows = mergeAcrossActions(counted.observations);
  if (rows.length === 0) return;
  yield html`<section aria-labelledby="observations">
<h2 id="observations">The documents are silent; this target does</h2>
<p>None of these is judged beyond its envelope. ${plural(rows.length, "place")}.</p>
<div class="wide" role="region" tabindex="0" aria-label="Table of observations"><table>
<thead><tr><th scope="col">place<th scope="col">why it is open<th scope="col">what was seen<th scope="col">for example</thead>
<tbody>
`;
  for (const { subject, reason, actual, example, actions } of rows.slice(0, most)) {
    const place =
      actions > 1
        ? html`<code>${subject.split("/").slice(3).join("/")}</code> in ${plural(actions, "action")}`
        : html`<code>${subject}</code>`;
    const did = Object.entries(actual).map(
      ([word, cases], i) => html`${i > 0 ? ", " : ""}${cases} <code>${word}</code>`,
    );
    yield html`<tr><td>${place}<td>${reason}<td>${did}<td><a href="#${anchors.get(example) ?? ""}"><code>${example}</code></a>
`;
  }
  const rest = rows.length > most ? html`<p>${plural(rows.length - most, "more place")} in report.json.</p>` : "";
  yield html`</tbody></table></div>${rest}
</section>
`;
}
