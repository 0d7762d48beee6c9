/** The judged request beside its control's → one table, in which the deviation is marked. */
import type { Deviation, RecordedExchange } from "../../runner/model.ts";
import { clip } from "../text.ts";
import { type Html, html, seen } from "./markup.ts";
import { partsOf } from "./parts.ts";

/** Longest value, and most rows, of what may be ten thousand items. */
const longest = 300;
const most = 40;

/** What no two requests have in common. */
const fleeting =
  /^(header (authorization|x-tc-timestamp|x-amz-date|content-length)|\/(timestamp|nonce|signature|random|usersig))$/i;

interface Row {
  readonly name: string;
  readonly before: string | undefined;
  readonly now: string | undefined;
  readonly kind: "deviation" | "other" | "same";
}

export function beside(control: RecordedExchange, judged: RecordedExchange, deviations: readonly Deviation[]): Html {
  const rows = rowsOf(control, judged, deviations);
  const left = rows.length > most ? html`<p class="quiet">and ${rows.length - most} more parts</p>` : "";
  return html`<div class="wide" role="group" tabindex="0" aria-label="The deviation against the control"><table class="beside">
<thead><tr><th scope="col">part<th scope="col">control, accepted<th scope="col">this case</thead>
<tbody>${rows.slice(0, most).map(rowHtml)}</tbody></table></div>${left}`;
}

function rowHtml({ name, before, now, kind }: Row): Html {
  const cell = (value: string | undefined): Html =>
    value === undefined
      ? html`<td><span class="quiet">absent</span>`
      : html`<td><code>${seen(clip(value, longest))}</code>`;
  const mark = kind === "deviation" ? html`<strong>${name}</strong> <span class="badge failed">deviation</span>` : name;
  const note = kind === "other" ? html` <span class="quiet">its own</span>` : "";
  return html`<tr class="${kind}"><th scope="row">${mark}${note}${cell(before)}${cell(now)}
`;
}

/** The deviation first, then what differs because each call has names and resources of its own, then what is alike. */
function rowsOf(control: RecordedExchange, judged: RecordedExchange, deviations: readonly Deviation[]): Row[] {
  const onWire = deviations.some(({ op }) => op === "wire");
  const before = grouped(control);
  const now = grouped(judged);
  const rows = [...new Set([...now.keys(), ...before.keys()])].flatMap((name): Row[] => {
    const [had, has] = [before.get(name), now.get(name)];
    const always = fleeting.test(name);
    if (always && !(onWire && (had === undefined || has === undefined))) return [];
    const differs = had !== has;
    const named = deviations.some(({ op, at }) => op !== "wire" && (name === at || name.startsWith(`${at}/`)));
    // On the wire everything but the members is the deviation's doing.
    const doing = named || (onWire && differs && (!name.startsWith("/") || had === undefined || has === undefined));
    return [{ name, before: had, now: has, kind: !differs ? "same" : doing ? "deviation" : "other" }];
  });
  const order: readonly Row["kind"][] = ["deviation", "other", "same"];
  return order.flatMap((kind) => rows.filter((row) => row.kind === kind));
}

/** What stands there twice, such as a header, is one row. */
function grouped(exchange: RecordedExchange): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of partsOf(exchange)) {
    const had = found.get(name);
    found.set(name, had === undefined ? value : `${had} and ${value}`);
  }
  return found;
}
