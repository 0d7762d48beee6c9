/** A recorded exchange → request and answer as they went over the wire, bodies set in, nothing invisible. */
import type { RecordedBody, RecordedExchange } from "../../../runner/model/index.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { indentJson } from "./format-json.ts";

type Pairs = RecordedExchange["request"]["headers"];

/** `longest`: of a body and of a header, in UTF-16 units; the log keeps more. */
export function exchangeMarkup(exchange: RecordedExchange, longest: number): Html {
  const { request, response, durationMs } = exchange;
  const start = `${request.method} ${truncate(request.url, longest)}`;
  const answer =
    "reason" in response
      ? html`<p>No answer: ${response.reason} (${truncate(response.detail, longest)})</p>`
      : html`<pre tabindex="0">HTTP ${response.status}
${headers(response.headers, longest)}${body(response.body, longest)}</pre>`;
  return html`<div class="pair"><div><h5>Request</h5><pre tabindex="0">${showInvisible(start)}
${headers(request.headers, longest)}${body(request.body, longest)}</pre></div>
<div><h5>Answer, ${Math.round(durationMs)} ms</h5>${answer}</div></div>`;
}

const headers = (pairs: Pairs, longest: number): Html[] =>
  pairs.map(
    ([
      name,
      value,
    ]) => html`<span class="quiet">${showInvisible(truncate(name, longest))}:</span> ${showInvisible(truncate(value, longest))}
`,
  );

function body({ text, bytes }: RecordedBody, longest: number): Html {
  if (bytes === 0 && text === "")
    return html`
<span class="quiet">(no body)</span>`;
  const set = indentJson(text);
  const rest =
    set.length <= longest
      ? ""
      : html`
<span class="quiet">(${bytes} bytes; the log holds more)</span>`;
  return html`
${showInvisible(truncate(set, longest))}${rest}`;
}
