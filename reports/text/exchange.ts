/** A recorded exchange → lines that a person can read beside a document. */
import type { RecordedBody, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { oneLine, showControls, truncate } from "./visible-text.ts";

/** Longest body in a report, in UTF-16 units; the log keeps more of it. */
const MAX_TEXT_UNITS = 4096;

function bodyText(body: RecordedBody): string {
  if (body.bytes === 0 && body.text === "") return "(no body)";
  const text = showControls(truncate(body.text, MAX_TEXT_UNITS));
  return body.text.length > MAX_TEXT_UNITS ? `${text}\n(the body has ${body.bytes} bytes; see the log)` : text;
}

function headerLines(headers: readonly (readonly [string, string])[]): string[] {
  return headers.map(([name, value]) => `${oneLine(name)}: ${oneLine(truncate(value, MAX_TEXT_UNITS))}`);
}

/** Request and answer in the order of the wire: start line, headers, an empty line, the body. */
export function formatExchange(exchange: RecordedExchange): string {
  const { request, response } = exchange;
  const lines = [
    `--- ${exchange.role} ${oneLine(exchange.action)}, ${Math.round(exchange.durationMs)} ms`,
    `${oneLine(request.method)} ${oneLine(truncate(request.url, MAX_TEXT_UNITS))}`,
    ...headerLines(request.headers),
    "",
    bodyText(request.body),
    "--- answer",
  ];
  if ("reason" in response)
    lines.push(`none: ${response.reason} (${oneLine(truncate(response.detail, MAX_TEXT_UNITS))})`);
  else lines.push(`HTTP ${response.status}`, ...headerLines(response.headers), "", bodyText(response.body));
  return lines.join("\n");
}

/** The exchange that a verdict rests on: the judged one, else the last that was sent. */
export function decisiveExchange(verdict: Verdict): RecordedExchange | undefined {
  return verdict.exchanges.findLast((exchange) => exchange.role === "judged") ?? verdict.exchanges.at(-1);
}
