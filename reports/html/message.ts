/** A recorded exchange → request and answer as they went over the wire, bodies set in, nothing invisible. */
import type { RecordedBody, RecordedExchange } from "../../runner/model.ts";
import { clip } from "../text.ts";
import { type Html, html, seen } from "./markup.ts";
import { pretty } from "./pretty.ts";

/** Longest body and header on the page, in UTF-16 units; the log keeps more of it. */
const longest = 2048;

type Pairs = RecordedExchange["request"]["headers"];

export function message(exchange: RecordedExchange): Html {
  const { request, response, ms } = exchange;
  const start = `${request.method} ${clip(request.url, longest)}`;
  const answer =
    "why" in response
      ? html`<p>No answer: ${response.why} (${clip(response.detail, longest)})</p>`
      : html`<pre tabindex="0">HTTP ${response.status}
${headers(response.headers)}${body(response.body)}</pre>`;
  return html`<div class="pair"><div><h5>Request</h5><pre tabindex="0">${seen(start)}
${headers(request.headers)}${body(request.body)}</pre></div>
<div><h5>Answer, ${Math.round(ms)} ms</h5>${answer}</div></div>`;
}

const headers = (pairs: Pairs): Html[] =>
  pairs.map(
    ([name, value]) => html`<span class="quiet">${seen(clip(name, longest))}:</span> ${seen(clip(value, longest))}
`,
  );

function body({ text, bytes }: RecordedBody): Html {
  if (bytes === 0 && text === "")
    return html`
<span class="quiet">(no body)</span>`;
  const whole = text.length <= longest;
  const rest = whole
    ? ""
    : html`
<span class="quiet">(${bytes} bytes; the log holds more)</span>`;
  return html`
${seen(whole ? pretty(text) : clip(text, longest))}${rest}`;
}
