/** A case → what went over the wire: the deviation beside the control, requests and answers, a curl line. */
import type { Deviation, Verdict } from "../../../runner/model/index.ts";
import { curlLine } from "../../text/curl.ts";
import { decisiveExchange } from "../../text/exchange.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import { exchangeMarkup } from "./message.ts";
import { requestDiff } from "./request-diff.ts";
import { describeRequestChange } from "./request-edits.ts";

/** Longest deviation, in UTF-16 units. */
const longestChange = 1000;

/** What deviates: a path in the members, the name of a situation, or how the request was changed. */
function deviationText(deviation: Deviation): string {
  if (deviation.op === "situation") return deviation.situation;
  if (deviation.op !== "request") return deviation.path;
  return describeRequestChange(deviation.request)?.description ?? JSON.stringify(deviation.request);
}

function deviations({ deviations: of = [] }: Verdict): Html | string {
  if (of.length === 0) return "";
  const words = of.map(
    (deviation) => html`${deviation.op} <code>${truncate(deviationText(deviation), longestChange)}</code>`,
  );
  return html`<p>Deviation: ${words.map((one, i) => html`${i > 0 ? ", " : ""}${one}`)}</p>
`;
}

/** What goes over the wire makes a page long: it is shown of the first cases of a cause, while there is room. */
export const deviationOnly = (verdict: Verdict): Html =>
  html`${deviations(verdict)}<p class="quiet">What went over the wire is shown of some cases only; the log holds it, and the command shows it anew.</p>
`;

/** Longest curl line, in UTF-16 units: nobody copies a longer one by eye. */
const longestCurl = 4096;

/** Calls that were sent at once, or over two bindings, are several; this many are shown. */
const mostCalls = 4;

/** `longest`: of a body, in UTF-16 units. */
export function exchangeDetails(verdict: Verdict, longest: number): Html {
  const main = decisiveExchange(verdict);
  if (main === undefined) return html`${deviations(verdict)}`;
  const control = verdict.exchanges.find(({ role }) => role === "control");
  const against =
    control === undefined || main.role !== "judged"
      ? ""
      : html`<h4>Against its control, which was accepted</h4>
${requestDiff(control, main, verdict.deviations ?? [])}
`;
  const before = verdict.exchanges.filter((one) => one !== main && one.role === "before").slice(0, mostCalls);
  const judged = verdict.exchanges.filter((one) => one === main || one.role === "judged").slice(0, mostCalls);
  const calls = [...before, ...judged];
  // What was looked at afterwards, where that is what speaks against the target.
  const shown = [...calls, ...verdict.exchanges.filter(({ role }) => role === "probe").slice(0, mostCalls)];
  const others = verdict.exchanges.filter((one) => !shown.includes(one) && one !== control);
  const besides =
    others.length === 0
      ? ""
      : html`<p class="quiet">Besides: ${others.map(({ role, action }, i) => `${i > 0 ? ", " : ""}${role} ${action}`)}; see the log.</p>
`;
  const line = curlLine(main);
  const long = line !== null && line.length > longestCurl;
  const curl =
    line === null || long
      ? html`<p class="quiet">A curl line would be too long for this page.</p>
`
      : html`<p>As a curl line, to be signed anew by whoever uses it: the variables stand for what is not written down. The command above signs by itself.</p>
<pre class="copy" tabindex="0">${line}</pre>
`;
  return html`${deviations(verdict)}${against}${shown.map(
    (one) => html`<h4>Over the wire: ${one.role} ${one.action}</h4>
${exchangeMarkup(one, longest)}
`,
  )}${besides}${curl}`;
}
