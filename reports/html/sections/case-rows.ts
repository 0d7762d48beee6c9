/** Cases → one table row for each. page.js reads the first three cells. */
import type { Verdict } from "../../../runner/model/index.ts";
import { warningFindings } from "../../summary/cause.ts";
import { reasonText } from "../../text/sentences.ts";
import { truncate } from "../../text/visible-text.ts";
import type { AnchorFactory } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import { elementId, PASSING } from "../page/placement.ts";

/** Longest actual outcome or reason, in UTF-16 units: a row stays on a few lines. */
const MAX_ACTUAL_UNITS = 120;

/** The content of a table up to its last row; empty where there is no case. */
export function* caseRows(action: string, cases: Iterable<Verdict>, anchors: AnchorFactory): Generator<Html> {
  let started = false;
  for (const verdict of cases) {
    if (!started)
      yield html`<thead><tr><th scope="col">status<th scope="col">level<th scope="col">family<th scope="col">case<th scope="col">actual<th scope="col" class="n">ms</thead>
<tbody>
`;
    started = true;
    const { id, status, level, family, actual, durationMs } = verdict;
    const shortId = id.startsWith(`${action}/`) ? id.slice(action.length + 1) : id;
    const warningBadge = warningFindings(verdict).length > 0 ? html` <span class="badge warning">warning</span>` : "";
    const result = PASSING.includes(status) ? actual : reasonText(verdict);
    yield html`<tr id="${elementId(verdict)}"><td class="${status}">${status}<td>${level}<td>${anchors(action, family, [
      status,
    ])}${family}<td><code>${shortId}</code>${warningBadge}<td>${truncate(result, MAX_ACTUAL_UNITS)}<td class="n">${Math.round(durationMs)}
`;
  }
}
