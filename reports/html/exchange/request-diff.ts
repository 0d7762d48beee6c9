/** The judged request beside its control's → one table, in which the deviation is marked. */
import type { Deviation, RecordedExchange } from "../../../runner/model/index.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { describeRequestChange, type RequestChange } from "./request-edits.ts";
import { isReadable, requestParts } from "./request-parts.ts";

/** Longest value, and most rows of a kind. */
const longest = 300;
const most = 15;

/** What no two requests have in common. */
const VOLATILE_PARTS =
  /^(header (authorization|x-tc-timestamp|x-amz-date|content-length)|\/(timestamp|nonce|signature|random|usersig))$/i;

interface Row {
  readonly name: string;
  readonly before: string | undefined;
  readonly now: string | undefined;
  readonly kind: "deviation" | "other" | "same";
}

export function requestDiff(
  control: RecordedExchange,
  judged: RecordedExchange,
  deviations: readonly Deviation[],
): Html {
  const rows = rowsOf(control, judged, deviations);
  const marked = rows.some(({ kind }) => kind === "deviation");
  const unmarked = marked
    ? ""
    : html`<p>The two requests are of one form: what sets them apart is not in a part of its own.</p>`;
  const shown = (["deviation", "other", "same"] as const).map((kind) => rows.filter((row) => row.kind === kind));
  const left = shown.reduce((n, of) => n + Math.max(0, of.length - most), 0);
  const more = left > 0 ? html`<p class="quiet">and ${left} more parts</p>` : "";
  return html`<div class="wide" role="group" tabindex="0" aria-label="The deviation against the control"><table class="beside">
<thead><tr><th scope="col">part<th scope="col">control, accepted<th scope="col">this case</thead>
<tbody>${shown.flatMap((of) => of.slice(0, most).map(rowHtml))}</tbody></table></div>${unmarked}${more}`;
}

function rowHtml({ name, before, now, kind }: Row): Html {
  const cell = (value: string | undefined): Html =>
    value === undefined
      ? html`<td><span class="quiet">absent</span>`
      : html`<td><code>${showInvisible(truncate(value, longest))}</code>`;
  const mark = kind === "deviation" ? html`<strong>${name}</strong> <span class="badge failed">deviation</span>` : name;
  const note = kind === "other" ? html` <span class="quiet">its own</span>` : "";
  return html`<tr class="${kind}"><th scope="row">${mark}${note}${cell(before)}${cell(now)}
`;
}

/** The deviation first, then what differs because each call has names and resources of its own, then what is alike. */
function rowsOf(control: RecordedExchange, judged: RecordedExchange, deviations: readonly Deviation[]): Row[] {
  const changes = deviations.flatMap((deviation) =>
    deviation.op === "request" ? (describeRequestChange(deviation.request) ?? []) : [],
  );
  const raw = changes.some(({ ofBody }) => ofBody) || !isReadable(control) || !isReadable(judged);
  const before = partsByName(control, raw);
  const now = partsByName(judged, raw);
  return [...new Set([...now.keys(), ...before.keys()])].flatMap((name): Row[] => {
    const [had, has] = [before.get(name), now.get(name)];
    const deviates = isDeviation(name, deviations, changes, raw);
    if (VOLATILE_PARTS.test(name) && !deviates) return [];
    return [{ name, before: had, now: has, kind: deviates ? "deviation" : had === has ? "same" : "other" }];
  });
}

function isDeviation(
  name: string,
  deviations: readonly Deviation[],
  changes: readonly RequestChange[],
  raw: boolean,
): boolean {
  if (changes.some((change) => change.isAt(name))) return true;
  return deviations.some((deviation) => {
    if (deviation.op === "request" || deviation.op === "situation") return false;
    const { path } = deviation;
    return name === path || name.startsWith(`${path}/`) || path.startsWith(`${name}/`) || (raw && name === "body");
  });
}

/** What stands there twice, such as a header, is one row. */
function partsByName(exchange: RecordedExchange, raw: boolean): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of requestParts(exchange, raw)) {
    const had = found.get(name);
    found.set(name, had === undefined ? value : `${had} and ${value}`);
  }
  return found;
}
