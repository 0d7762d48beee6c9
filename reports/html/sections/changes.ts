/** A run beside an earlier one → what changed, each with what was and what is. */
import type { ChangesSince } from "../../../runner/model/index.ts";
import { changesHeadline, changesNotes, formatChange } from "../../summary/changes.ts";
import { type Html, html } from "../page/markup.ts";

/** Changes that are listed; report.json has all that the log tells. */
const most = 500;

const colours = { worse: "failed", better: "passed", other: "warning", added: "observed", removed: "skipped" } as const;

export function* changes(since: ChangesSince | undefined): Generator<Html> {
  if (since === undefined) return;
  yield html`<section aria-labelledby="since">
<h2 id="since">${changesHeadline(since).replace(/^s/, "S")}</h2>
<ul>
`;
  for (const change of since.changes.slice(0, most))
    yield html`<li><span class="badge ${colours[change.kind]}">${change.kind}</span> <code>${change.id}</code><br>${formatChange(change)}
`;
  if (since.total > most)
    yield html`<li>and ${since.total - most} more; see report.json
`;
  yield html`</ul>
${changesNotes(since).map((line) => html`<p class="quiet">${line}</p>`)}
</section>
`;
}
