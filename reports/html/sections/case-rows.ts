/** Cases → a row each. The script of the page reads the first three cells. */
import type { Verdict } from "../../../runner/model/index.ts";
import { warningFindings } from "../../summary/cause.ts";
import { reasonText } from "../../text/sentences.ts";
import { truncate } from "../../text/visible-text.ts";
import type { AnchorFactory } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import { elementId, PASSING } from "../page/placement.ts";

/** Longest words for what was seen, in UTF-16 units. */
const longest = 120;

/** The inside of a table but for its end; nothing where there is no case. */
export function* rows(action: string, cases: Iterable<Verdict>, marks: AnchorFactory): Generator<Html> {
  let begun = false;
  for (const verdict of cases) {
    if (!begun)
      yield html`<thead><tr><th scope="col">status<th scope="col">level<th scope="col">family<th scope="col">case<th scope="col">seen<th scope="col" class="n">ms</thead>
<tbody>
`;
    begun = true;
    const { id, status, level, family, actual, durationMs } = verdict;
    const name = id.startsWith(`${action}/`) ? id.slice(action.length + 1) : id;
    const warned = warningFindings(verdict).length > 0 ? html` <span class="badge warning">warning</span>` : "";
    const words = PASSING.includes(status) ? actual : reasonText(verdict);
    yield html`<tr id="${elementId(verdict)}"><td class="${status}">${status}<td>${level}<td>${marks(action, family, [
      status,
    ])}${family}<td><code>${name}</code>${warned}<td>${truncate(words, longest)}<td class="n">${Math.round(durationMs)}
`;
  }
}
