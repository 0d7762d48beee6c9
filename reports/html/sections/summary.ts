/** The answer, before all else: conformant or not, the counts, what is wrong with the run itself. */
import type { Recording } from "../../../runner/model/index.ts";
import { countsLine, identity, requestsLine } from "../../summary/headline.ts";
import { ending, type Remark } from "../../summary/run-remarks.ts";
import { meanings, type Standing, standing } from "../../summary/run-state.ts";
import { statuses } from "../../summary/statuses.ts";
import { causesNumber } from "../../summary/tally.ts";
import { plural } from "../../text/visible-text.ts";
import { anchor } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import type { Survey } from "../statistics.ts";

const standingOf = (recording: Recording, { counted }: Survey): Standing =>
  standing(recording, counted.counts, ending(recording, counted));

export const title = (recording: Recording, survey: Survey): string =>
  `${recording.header.target}: ${standingOf(recording, survey)}`;

export function top(recording: Recording, survey: Survey): Html {
  const { header, footer } = recording;
  const { counted, total } = survey;
  const remarks = ending(recording, counted);
  const failing = counted.causes.filter(({ status }) => status === "failed");
  const causes =
    failing.length === 0
      ? ""
      : html` <strong>${causesNumber(failing)}, ${plural(counted.counts.failed, "case")}.</strong>`;
  const selection = header.select.length === 0 ? "all cases" : `the selection ${header.select.join(" ")}`;
  const took = footer === null ? "" : `, ${(footer.ms / 1000).toFixed(1)} s`;
  return html`<header>
<p class="quiet">assay, a report of what a target does beside what its documents say</p>
<h1>${title(recording, survey)}</h1>
<p><strong>${meanings[standingOf(recording, survey)]}</strong> ${plural(total, "case")} of ${plural(counted.actions.size, "action")}: ${selection} at depth ${header.depth}${took}.${causes}</p>
<p class="chips">${statuses
    .filter((status) => counted.counts[status] > 0)
    .map(
      (status) =>
        html`<a class="badge ${status}" href="#${anchor({ status })}">${counted.counts[status]} ${status}</a> `,
    )}</p>
${told(remarks, standingOf(recording, survey))}<p class="quiet">${countsLine(recording, counted)}</p>
<p class="quiet">${identity(recording)}${requestsLine(footer).map((line) => html`<br>${line}`)}</p>
</header>
`;
}

/** Where these are why nothing is known, they are not to be looked for. */
const openly: readonly Standing[] = ["undecided", "nothing judged"];
const mostNotes = 5;

function told(remarks: readonly Remark[], stands: Standing): Html {
  const item = ({ kind, text }: Remark): Html =>
    html`<li><span class="badge ${kind === "note" ? "warning" : "failed"}">${kind}</span> ${text}`;
  const notes = remarks.filter(({ kind }) => kind === "note");
  // What fails the run is seen at once. Notes are read after the causes, when there are many.
  const folded = notes.length > (openly.includes(stands) ? mostNotes : 1) ? notes : [];
  const shown = remarks.filter((remark) => !folded.includes(remark));
  const list =
    shown.length === 0
      ? ""
      : html`<ul>${shown.map(item)}</ul>
`;
  const more =
    folded.length === 0
      ? ""
      : html`<details><summary>${plural(folded.length, "note")} on the run itself</summary><ul>${folded.map(item)}</ul></details>
`;
  return html`${list}${more}`;
}
