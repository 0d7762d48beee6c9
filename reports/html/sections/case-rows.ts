/** Cases → a row each. The script of the page reads the first three cells. */
import type { Verdict } from "../../../runner/model/index.ts";
import { warningsOf } from "../../summary/cause.ts";
import { why } from "../../text/sentences.ts";
import { clip } from "../../text/visible-text.ts";
import type { Marks } from "../page/anchor.ts";
import { type Html, html } from "../page/markup.ts";
import { fine, idOf } from "../page/placement.ts";

/** Longest words for what was seen, in UTF-16 units. */
const longest = 120;

/** The inside of a table but for its end; nothing where there is no case. */
export function* rows(action: string, cases: Iterable<Verdict>, marks: Marks): Generator<Html> {
  let begun = false;
  for (const verdict of cases) {
    if (!begun)
      yield html`<thead><tr><th scope="col">status<th scope="col">level<th scope="col">family<th scope="col">case<th scope="col">seen<th scope="col" class="n">ms</thead>
<tbody>
`;
    begun = true;
    const { id, status, level, family, seen, ms } = verdict;
    const name = id.startsWith(`${action}/`) ? id.slice(action.length + 1) : id;
    const warned = warningsOf(verdict).length > 0 ? html` <span class="badge warning">warning</span>` : "";
    const words = fine.includes(status) ? seen : why(verdict);
    yield html`<tr id="${idOf(verdict)}"><td class="${status}">${status}<td>${level}<td>${marks(action, family, [
      status,
    ])}${family}<td><code>${name}</code>${warned}<td>${clip(words, longest)}<td class="n">${Math.round(ms)}
`;
  }
}
