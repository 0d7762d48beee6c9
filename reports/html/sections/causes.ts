/** Causes → a list for each kind: the findings, the number of cases, up to three examples, the command that reruns the first. */
import type { Header } from "../../../runner/model/index.ts";
import { CAUSE_KINDS, CAUSE_TITLES } from "../../summary/cause.ts";
import { type Cause, countCauses } from "../../summary/tally.ts";
import { formatRerun } from "../../text/sentences.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import { sourceLink } from "../page/source-link.ts";
import type { PageStatistics } from "../statistics.ts";

/** Causes of one kind that are listed; the cases of the others are still in the section of their action. */
const MAX_CAUSES_PER_KIND = 100;

/** The worst kind first; empty where there is no cause. */
export function* causesSection(header: Header, { tally, anchors }: PageStatistics): Generator<Html> {
  for (const kind of CAUSE_KINDS) {
    const kindCauses = tally.causes.filter(({ status }) => status === kind);
    if (kindCauses.length === 0) continue;
    const caseCount = kindCauses.reduce((total, cause) => total + cause.cases, 0);
    yield html`<section aria-labelledby="causes-${kind}">
<h2 id="causes-${kind}">${CAUSE_TITLES[kind]}: ${countCauses(kindCauses)}, ${plural(caseCount, "case")}</h2>
<ol class="causes">
`;
    for (const cause of kindCauses.slice(0, MAX_CAUSES_PER_KIND)) yield causeItem(header, cause, anchors);
    const omittedNote =
      kindCauses.length > MAX_CAUSES_PER_KIND
        ? html`<p>${plural(kindCauses.length - MAX_CAUSES_PER_KIND, "more cause")}; their cases are listed below.</p>`
        : "";
    yield html`</ol>${omittedNote}
</section>
`;
  }
}

function causeItem(header: Header, cause: Cause, anchors: ReadonlyMap<string, string>): Html {
  const { cases: caseCount, actions, alike, examples, status, blockers } = cause;
  const [first] = examples;
  const affected = actions > 1 ? plural(actions, "action") : (first?.action ?? "");
  const sentences = first?.sentences ?? [];
  // The title of one case describes the cause only where all its cases test the same rule.
  const titleOfExample = alike && blockers.length === 0;
  const title = titleOfExample ? first?.title : sentences[0];
  const details = sentences.slice(titleOfExample ? 0 : 1).map((sentence) => html`<br><code>${sentence}</code>`);
  const rerun =
    first === undefined || status === "warning" || status === "skipped"
      ? ""
      : html`<pre class="copy" tabindex="0">${formatRerun(header, first.id)}</pre>`;
  return html`<li><span class="badge ${status}">${plural(caseCount, "case")}</span> <strong>${affected}: ${title ?? ""}</strong>${details}
<ul>${examples.map(
    ({ id, title, source }) =>
      html`<li><a href="#${anchors.get(id) ?? ""}">${id}</a>: ${title} <span class="muted">(${sourceLink(source)})</span>`,
  )}
${caseCount > examples.length ? html`<li class="muted">and ${caseCount - examples.length} more` : ""}</ul>${rerun}
`;
}
