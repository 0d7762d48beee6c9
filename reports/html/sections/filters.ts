/** The form that chooses what is shown. It stays hidden where there are no scripts, which alone can make it work. */
import { STATUSES } from "../../../runner/model/status.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

export function filters({ counted, matrix, families, levels, total }: PageStatistics): Html {
  const some = STATUSES.filter((status) => counted.counts[status] > 0);
  const options = (of: Iterable<string>): Html[] => [...of].map((one) => html`<option>${one}</option>`);
  return html`<form id="filters" aria-label="Which cases are shown" data-total="${total}" hidden>
<fieldset><legend>Status</legend>${some.map(
    (status) => html`<label><input type="checkbox" name="status" value="${status}"> ${status}</label> `,
  )}</fieldset>
<label>Action <select name="action"><option value="">all</option>${options(matrix.keys())}</select></label>
<label>Family <select name="family"><option value="">all</option>${options(families)}</select></label>
<label>Level <select name="level"><option value="">all</option>${options(levels)}</select></label>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<button type="reset">Show all</button>
<output id="shown">${total} of ${total} cases</output>
</form>
`;
}
