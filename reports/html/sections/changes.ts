/** Changes since an earlier run → a list with the outcome before and after. */
import type { ChangesSince } from "../../../runner/model/index.ts";
import { changesHeadline, changesNotes, formatChange } from "../../summary/changes.ts";
import { type Html, html } from "../page/markup.ts";

/** Changes that are listed; report.json has all that the log holds. */
const MAX_CHANGES = 500;

const KIND_BADGES = {
  worse: "failed",
  better: "passed",
  other: "warning",
  added: "observed",
  removed: "skipped",
} as const;

export function* changesSection(since: ChangesSince | undefined): Generator<Html> {
  if (since === undefined) return;
  yield html`<section aria-labelledby="since">
<h2 id="since">${changesHeadline(since).replace(/^s/, "S")}</h2>
<ul>
`;
  for (const change of since.changes.slice(0, MAX_CHANGES))
    yield html`<li><span class="badge ${KIND_BADGES[change.kind]}">${change.kind}</span> <code>${change.id}</code><br>${formatChange(change)}
`;
  if (since.total > MAX_CHANGES)
    yield html`<li>and ${since.total - MAX_CHANGES} more; see report.json
`;
  yield html`</ul>
${changesNotes(since).map((line) => html`<p class="muted">${line}</p>`)}
</section>
`;
}
