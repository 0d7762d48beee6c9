/** The answer, before all else: conformant or not, the counts, what is wrong with the run itself. */
import type { Recording } from "../../../runner/model/index.ts";
import { STATUSES } from "../../../runner/model/status.ts";
import { countsLine, requestsLine, runIdentity } from "../../summary/headline.ts";
import { type RunRemark, runRemarks } from "../../summary/run-remarks.ts";
import { RUN_STATE_TEXT, type RunState, runState } from "../../summary/run-state.ts";
import { countCauses } from "../../summary/tally.ts";
import { plural } from "../../text/visible-text.ts";
import { filterFragment } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

const standingOf = (recording: Recording, { counted }: PageStatistics): RunState =>
  runState(recording, counted.counts, runRemarks(recording, counted));

export const title = (recording: Recording, survey: PageStatistics): string =>
  `${recording.header.target}: ${standingOf(recording, survey)}`;

export function summarySection(recording: Recording, survey: PageStatistics): Html {
  const { header, footer } = recording;
  const { counted, total } = survey;
  const remarks = runRemarks(recording, counted);
  const failing = counted.causes.filter(({ status }) => status === "failed");
  const causes =
    failing.length === 0
      ? ""
      : html` <strong>${countCauses(failing)}, ${plural(counted.counts.failed, "case")}.</strong>`;
  const selection = header.select.length === 0 ? "all cases" : `the selection ${header.select.join(" ")}`;
  const took = footer === null ? "" : `, ${(footer.durationMs / 1000).toFixed(1)} s`;
  return html`<header>
<p class="quiet">assay, a report of what a target does beside what its documents say</p>
<h1>${title(recording, survey)}</h1>
<p><strong>${RUN_STATE_TEXT[standingOf(recording, survey)]}</strong> ${plural(total, "case")} of ${plural(counted.actions.size, "action")}: ${selection} at depth ${header.depth}${took}.${causes}</p>
<p class="chips">${STATUSES.filter((status) => counted.counts[status] > 0).map(
    (status) =>
      html`<a class="badge ${status}" href="#${filterFragment({ status })}">${counted.counts[status]} ${status}</a> `,
  )}</p>
${remarkList(remarks, standingOf(recording, survey))}<p class="quiet">${countsLine(recording, counted)}</p>
<p class="quiet">${runIdentity(recording)}${requestsLine(footer).map((line) => html`<br>${line}`)}</p>
</header>
`;
}

/** Where these are why nothing is known, they are not to be looked for. */
const ALWAYS_SHOWN: readonly RunState[] = ["undecided", "nothing judged"];
const mostNotes = 5;

function remarkList(remarks: readonly RunRemark[], stands: RunState): Html {
  const item = ({ kind, text }: RunRemark): Html =>
    html`<li><span class="badge ${kind === "note" ? "warning" : "failed"}">${kind}</span> ${text}`;
  const notes = remarks.filter(({ kind }) => kind === "note");
  // What fails the run is seen at once. Notes are read after the causes, when there are many.
  const folded = notes.length > (ALWAYS_SHOWN.includes(stands) ? mostNotes : 1) ? notes : [];
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
