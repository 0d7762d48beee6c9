/** Recording and statistics → the head of the page: the state of the run, the counts, remarks on the run itself. */
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

const stateOf = (recording: Recording, { tally }: PageStatistics): RunState =>
  runState(recording, tally.counts, runRemarks(recording, tally));

export const pageTitle = (recording: Recording, statistics: PageStatistics): string =>
  `${recording.header.target}: ${stateOf(recording, statistics)}`;

export function summarySection(recording: Recording, statistics: PageStatistics): Html {
  const { header, footer } = recording;
  const { tally, total } = statistics;
  const remarks = runRemarks(recording, tally);
  const failedCauses = tally.causes.filter(({ status }) => status === "failed");
  const causes =
    failedCauses.length === 0
      ? ""
      : html` <strong>${countCauses(failedCauses)}, ${plural(tally.counts.failed, "case")}.</strong>`;
  const selection = header.select.length === 0 ? "all cases" : `the selection ${header.select.join(" ")}`;
  const part = header.shard ? `shard ${header.shard.index}/${header.shard.count} of ` : "";
  const duration = footer === null ? "" : `, ${(footer.durationMs / 1000).toFixed(1)} s`;
  return html`<header>
<p class="muted">assay report: a target compared with its documentation</p>
<h1>${pageTitle(recording, statistics)}</h1>
<p><strong>${RUN_STATE_TEXT[stateOf(recording, statistics)]}</strong> ${plural(total, "case")} of ${plural(tally.actions.size, "action")}: ${part}${selection} at depth ${header.depth}${duration}.${causes}</p>
<p class="chips">${STATUSES.filter((status) => tally.counts[status] > 0).map(
    (status) =>
      html`<a class="badge ${status}" href="#${filterFragment({ status })}">${tally.counts[status]} ${status}</a> `,
  )}</p>
${remarkList(remarks, stateOf(recording, statistics))}<p class="muted">${countsLine(recording, tally)}</p>
<p class="muted">${runIdentity(recording)}${requestsLine(footer).map((line) => html`<br>${line}`)}</p>
</header>
`;
}

/** In these states the notes explain why there is no result, so up to `MAX_SHOWN_NOTES` of them are not folded. */
const ALWAYS_SHOWN: readonly RunState[] = ["undecided", "nothing judged"];
const MAX_SHOWN_NOTES = 5;

function remarkList(remarks: readonly RunRemark[], state: RunState): Html {
  const item = ({ kind, text }: RunRemark): Html =>
    html`<li><span class="badge ${kind === "note" ? "warning" : "failed"}">${kind}</span> ${text}`;
  const notes = remarks.filter(({ kind }) => kind === "note");
  // Errors and failures are always visible. Several notes are folded, so that the causes stay near the top.
  const foldedNotes = notes.length > (ALWAYS_SHOWN.includes(state) ? MAX_SHOWN_NOTES : 1) ? notes : [];
  const shown = remarks.filter((remark) => !foldedNotes.includes(remark));
  const list =
    shown.length === 0
      ? ""
      : html`<ul>${shown.map(item)}</ul>
`;
  const foldedList =
    foldedNotes.length === 0
      ? ""
      : html`<details><summary>${plural(foldedNotes.length, "note")} on the run itself</summary><ul>${foldedNotes.map(item)}</ul></details>
`;
  return html`${list}${foldedList}`;
}
