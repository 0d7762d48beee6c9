/** Causes → a list: what went wrong, how often, three cases that show it, the command that repeats the first. */
import type { Header } from "../../../runner/model/index.ts";
import { CAUSE_KINDS, CAUSE_TITLES } from "../../summary/cause.ts";
import { type Cause, countCauses } from "../../summary/tally.ts";
import { formatRerun } from "../../text/sentences.ts";
import { plural } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import { sourceLink } from "../page/source-link.ts";
import type { PageStatistics } from "../statistics.ts";

/** Causes of one kind that are listed here; each of their cases stands below all the same. */
const most = 100;

/** The worst kind first. Nothing where nothing is to be told. */
export function* causes(
  header: Header,
  { counted }: PageStatistics,
  anchors: ReadonlyMap<string, string>,
): Generator<Html> {
  for (const kind of CAUSE_KINDS) {
    const found = counted.causes.filter(({ status }) => status === kind);
    if (found.length === 0) continue;
    const cases = found.reduce((total, cause) => total + cause.cases, 0);
    yield html`<section aria-labelledby="causes-${kind}">
<h2 id="causes-${kind}">${CAUSE_TITLES[kind]}: ${countCauses(found)}, ${plural(cases, "case")}</h2>
<ol class="causes">
`;
    for (const cause of found.slice(0, most)) yield item(header, cause, anchors);
    const rest =
      found.length > most ? html`<p>${plural(found.length - most, "more cause")}; their cases stand below.</p>` : "";
    yield html`</ol>${rest}
</section>
`;
  }
}

function item(header: Header, cause: Cause, anchors: ReadonlyMap<string, string>): Html {
  const { cases, actions, alike, examples, status, blockers } = cause;
  const [first] = examples;
  const where = actions > 1 ? plural(actions, "action") : (first?.action ?? "");
  const sentences = first?.sentences ?? [];
  // Of unlike cases the title of one says less than what they have in common.
  const own = alike && blockers.length === 0;
  const title = own ? first?.title : sentences[0];
  const says = sentences.slice(own ? 0 : 1).map((sentence) => html`<br><code>${sentence}</code>`);
  const repeat =
    first === undefined || status === "warning" || status === "skipped"
      ? ""
      : html`<pre class="copy" tabindex="0">${formatRerun(header, first.id)}</pre>`;
  return html`<li><span class="badge ${status}">${plural(cases, "case")}</span> <strong>${where}: ${title ?? ""}</strong>${says}
<ul>${examples.map(
    ({ id, title, source }) =>
      html`<li><a href="#${anchors.get(id) ?? ""}">${id}</a>: ${title} <span class="quiet">(${sourceLink(source)})</span>`,
  )}
${cases > examples.length ? html`<li class="quiet">and ${cases - examples.length} more` : ""}</ul>${repeat}
`;
}
