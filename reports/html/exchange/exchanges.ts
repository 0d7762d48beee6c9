/** Verdict → its HTTP exchanges: the difference from the control, requests and responses, a curl command. */
import type { Deviation, Verdict } from "../../../runner/model/index.ts";
import { curlLine } from "../../text/curl.ts";
import { decisiveExchange } from "../../text/exchange.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html } from "../page/markup.ts";
import { exchangeMarkup } from "./message.ts";
import { requestDiff } from "./request-diff.ts";
import { describeRequestChange } from "./request-edits.ts";

/** Longest description of a deviation, in UTF-16 units. */
const MAX_DEVIATION_UNITS = 1000;

/** What deviates: a path of the members, the name of a situation, or how the request was changed. */
function deviationText(deviation: Deviation): string {
  if (deviation.op === "situation") return deviation.situation;
  if (deviation.op !== "request") return deviation.path;
  return describeRequestChange(deviation.request)?.description ?? JSON.stringify(deviation.request);
}

function deviationParagraph({ deviations: list = [] }: Verdict): Html | string {
  if (list.length === 0) return "";
  const descriptions = list.map(
    (deviation) => html`${deviation.op} <code>${truncate(deviationText(deviation), MAX_DEVIATION_UNITS)}</code>`,
  );
  return html`<p>Deviation: ${descriptions.map((description, i) => html`${i > 0 ? ", " : ""}${description}`)}</p>
`;
}

/** Without exchanges: these are shown only for the first cases of a cause, and within the page's size budget. */
export const deviationOnly = (verdict: Verdict): Html =>
  html`${deviationParagraph(verdict)}<p class="muted">HTTP exchanges are shown for some cases only. The log holds them for each case that did not pass; the command above sends the case again and prints them.</p>
`;

/** Longest curl command, in UTF-16 units: a longer one is too large to read. */
const MAX_CURL_UNITS = 4096;

/** Calls of one role that are shown: concurrent calls, or the same call over two bindings, are several. */
const MAX_CALLS = 4;

/** `maxBodyUnits`: longest body, in UTF-16 units. */
export function exchangeDetails(verdict: Verdict, maxBodyUnits: number): Html {
  const decisive = decisiveExchange(verdict);
  if (decisive === undefined) return html`${deviationParagraph(verdict)}`;
  const control = verdict.exchanges.find(({ role }) => role === "control");
  const controlDiff =
    control === undefined || decisive.role !== "judged"
      ? ""
      : html`<h4>Compared with its control, which was accepted</h4>
${requestDiff(control, decisive, verdict.deviations ?? [])}
`;
  const callsBefore = verdict.exchanges
    .filter((exchange) => exchange !== decisive && exchange.role === "before")
    .slice(0, MAX_CALLS);
  const judgedCalls = verdict.exchanges
    .filter((exchange) => exchange === decisive || exchange.role === "judged")
    .slice(0, MAX_CALLS);
  const judgedAndBefore = [...callsBefore, ...judgedCalls];
  // Probes read the state of the target after the judged call; findings of postconditions rest on them.
  const shownExchanges = [
    ...judgedAndBefore,
    ...verdict.exchanges.filter(({ role }) => role === "probe").slice(0, MAX_CALLS),
  ];
  const omitted = verdict.exchanges.filter((exchange) => !shownExchanges.includes(exchange) && exchange !== control);
  const otherExchanges =
    omitted.length === 0
      ? ""
      : html`<p class="muted">Other exchanges: ${omitted.map(({ role, action }, i) => `${i > 0 ? ", " : ""}${role} ${action}`)}; see the log.</p>
`;
  const curlCommand = curlLine(decisive);
  const tooLong = curlCommand !== null && curlCommand.length > MAX_CURL_UNITS;
  const curlMarkup =
    curlCommand === null || tooLong
      ? html`<p class="muted">The curl command is too long for this page, or the log does not hold the whole body.</p>
`
      : html`<p>As a curl command. Sign it again before use: its variables stand for redacted values. The command above signs its requests itself.</p>
<pre class="copy" tabindex="0">${curlCommand}</pre>
`;
  return html`${deviationParagraph(verdict)}${controlDiff}${shownExchanges.map(
    (exchange) => html`<h4>HTTP exchange: ${exchange.role} ${exchange.action}</h4>
${exchangeMarkup(exchange, maxBodyUnits)}
`,
  )}${otherExchanges}${curlMarkup}`;
}
