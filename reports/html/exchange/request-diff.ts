/** Control request and judged request → one table in which the deviation is marked. */
import type { Deviation, RecordedExchange } from "../../../runner/model/index.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { describeRequestChange, type RequestChange } from "./request-edits.ts";
import { isReadable, requestParts } from "./request-parts.ts";

/** Longest value, in UTF-16 units. */
const MAX_VALUE_UNITS = 300;
/** Rows of one kind that are listed. */
const MAX_ROWS_PER_KIND = 15;

/** Parts that differ in any two requests: time, nonce, signature. */
const VOLATILE_PARTS =
  /^(header (authorization|x-tc-timestamp|x-amz-date|content-length)|\/(timestamp|nonce|signature|random|usersig))$/i;

interface Row {
  readonly name: string;
  readonly controlValue: string | undefined;
  readonly judgedValue: string | undefined;
  readonly kind: "deviation" | "other" | "same";
}

export function requestDiff(
  control: RecordedExchange,
  judged: RecordedExchange,
  deviations: readonly Deviation[],
): Html {
  const rows = rowsOf(control, judged, deviations);
  const hasDeviation = rows.some(({ kind }) => kind === "deviation");
  const noDeviationNote = hasDeviation ? "" : html`<p>No single part of the request holds the deviation.</p>`;
  const rowsByKind = (["deviation", "other", "same"] as const).map((kind) => rows.filter((row) => row.kind === kind));
  const omittedCount = rowsByKind.reduce((n, group) => n + Math.max(0, group.length - MAX_ROWS_PER_KIND), 0);
  const omittedNote = omittedCount > 0 ? html`<p class="muted">and ${omittedCount} more parts</p>` : "";
  return html`<div class="wide" role="group" tabindex="0" aria-label="Differences from the control"><table class="request-diff">
<thead><tr><th scope="col">part<th scope="col">control, accepted<th scope="col">this case</thead>
<tbody>${rowsByKind.flatMap((group) => group.slice(0, MAX_ROWS_PER_KIND).map(rowHtml))}</tbody></table></div>${noDeviationNote}${omittedNote}`;
}

function rowHtml({ name, controlValue, judgedValue, kind }: Row): Html {
  const cell = (value: string | undefined): Html =>
    value === undefined
      ? html`<td><span class="muted">absent</span>`
      : html`<td><code>${showInvisible(truncate(value, MAX_VALUE_UNITS))}</code>`;
  const heading =
    kind === "deviation" ? html`<strong>${name}</strong> <span class="badge failed">deviation</span>` : name;
  const note = kind === "other" ? html` <span class="muted">differs in every call</span>` : "";
  return html`<tr class="${kind}"><th scope="row">${heading}${note}${cell(controlValue)}${cell(judgedValue)}
`;
}

/** Kinds: the deviation; `other`, which differs because each call has its own names and resources; `same`. */
function rowsOf(control: RecordedExchange, judged: RecordedExchange, deviations: readonly Deviation[]): Row[] {
  const changes = deviations.flatMap((deviation) =>
    deviation.op === "request" ? (describeRequestChange(deviation.request) ?? []) : [],
  );
  const raw = changes.some(({ changesBodyText }) => changesBodyText) || !isReadable(control) || !isReadable(judged);
  const controlParts = partsByName(control, raw);
  const judgedParts = partsByName(judged, raw);
  return [...new Set([...judgedParts.keys(), ...controlParts.keys()])].flatMap((name): Row[] => {
    const [controlValue, judgedValue] = [controlParts.get(name), judgedParts.get(name)];
    const isDeviating = isDeviation(name, deviations, changes, raw);
    if (VOLATILE_PARTS.test(name) && !isDeviating) return [];
    return [
      {
        name,
        controlValue,
        judgedValue,
        kind: isDeviating ? "deviation" : controlValue === judgedValue ? "same" : "other",
      },
    ];
  });
}

function isDeviation(
  name: string,
  deviations: readonly Deviation[],
  changes: readonly RequestChange[],
  raw: boolean,
): boolean {
  if (changes.some((change) => change.affects(name))) return true;
  return deviations.some((deviation) => {
    if (deviation.op === "request" || deviation.op === "situation") return false;
    const { path } = deviation;
    return name === path || name.startsWith(`${path}/`) || path.startsWith(`${name}/`) || (raw && name === "body");
  });
}

/** Values of a repeated part, such as a header, are joined into one row. */
function partsByName(exchange: RecordedExchange, raw: boolean): Map<string, string> {
  const parts = new Map<string, string>();
  for (const { name, value } of requestParts(exchange, raw)) {
    const firstValue = parts.get(name);
    parts.set(name, firstValue === undefined ? value : `${firstValue} and ${value}`);
  }
  return parts;
}
