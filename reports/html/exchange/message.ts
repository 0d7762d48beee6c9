/** Recorded exchange → request and response with indented bodies and visible control characters. */
import type { RecordedBody, RecordedExchange } from "../../../runner/model/index.ts";
import { truncate } from "../../text/visible-text.ts";
import { type Html, html, showInvisible } from "../page/markup.ts";
import { indentJson } from "./format-json.ts";

type Pairs = RecordedExchange["request"]["headers"];

/** `maxUnits`: longest body and longest header, in UTF-16 units; the log holds more. */
export function exchangeMarkup(exchange: RecordedExchange, maxUnits: number): Html {
  const { request, response, durationMs } = exchange;
  const startLine = `${request.method} ${truncate(request.url, maxUnits)}`;
  const responseMarkup =
    "reason" in response
      ? html`<p>No response: ${response.reason} (${truncate(response.detail, maxUnits)})</p>`
      : html`<pre tabindex="0">HTTP ${response.status}
${headerLines(response.headers, maxUnits)}${bodyMarkup(response.body, maxUnits)}</pre>`;
  return html`<div class="pair"><div><h5>Request</h5><pre tabindex="0">${showInvisible(startLine)}
${headerLines(request.headers, maxUnits)}${bodyMarkup(request.body, maxUnits)}</pre></div>
<div><h5>Response, ${Math.round(durationMs)} ms</h5>${responseMarkup}</div></div>`;
}

const headerLines = (pairs: Pairs, maxUnits: number): Html[] =>
  pairs.map(
    ([
      name,
      value,
    ]) => html`<span class="muted">${showInvisible(truncate(name, maxUnits))}:</span> ${showInvisible(truncate(value, maxUnits))}
`,
  );

function bodyMarkup({ text, bytes }: RecordedBody, maxUnits: number): Html {
  if (bytes === 0 && text === "")
    return html`
<span class="muted">(no body)</span>`;
  const indented = indentJson(text);
  const sizeNote =
    indented.length <= maxUnits
      ? ""
      : html`
<span class="muted">(${bytes} bytes; the log holds more)</span>`;
  return html`
${showInvisible(truncate(indented, maxUnits))}${sizeNote}`;
}
