/** The form that filters the cases. It needs page.js, which removes its `hidden` attribute. */
import { STATUSES } from "../../../runner/model/status.ts";
import { type Html, html } from "../page/markup.ts";
import type { PageStatistics } from "../statistics.ts";

export function filterForm({ tally, matrix, families, levels, total }: PageStatistics): Html {
  const presentStatuses = STATUSES.filter((status) => tally.counts[status] > 0);
  const optionList = (values: Iterable<string>): Html[] => [...values].map((value) => html`<option>${value}</option>`);
  return html`<form id="filters" aria-label="Filter the cases" data-total="${total}" hidden>
<fieldset><legend>Status</legend>${presentStatuses.map(
    (status) => html`<label><input type="checkbox" name="status" value="${status}"> ${status}</label> `,
  )}</fieldset>
<label>Action <select name="action"><option value="">all</option>${optionList(matrix.keys())}</select></label>
<label>Family <select name="family"><option value="">all</option>${optionList(families)}</select></label>
<label>Level <select name="level"><option value="">all</option>${optionList(levels)}</select></label>
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<button type="reset">Show all</button>
<output id="shown">${total} of ${total} cases</output>
</form>
`;
}
