/** Recorded exchange → readable lines: request, then response. */
import type { RecordedBody, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { oneLine, showControls, truncate } from "./visible-text.ts";

/** Longest body or header in a report, in UTF-16 units; the log holds more. */
const MAX_TEXT_UNITS = 4096;

function bodyText(body: RecordedBody): string {
  if (body.bytes === 0 && body.text === "") return "(no body)";
  const text = showControls(truncate(body.text, MAX_TEXT_UNITS));
  return body.text.length > MAX_TEXT_UNITS ? `${text}\n(the body has ${body.bytes} bytes; see the log)` : text;
}

function headerLines(headers: readonly (readonly [string, string])[]): string[] {
  return headers.map(([name, value]) => `${oneLine(name)}: ${oneLine(truncate(value, MAX_TEXT_UNITS))}`);
}

/** Request and response, each with start line, headers, an empty line and the body. */
export function formatExchange(exchange: RecordedExchange): string {
  const { request, response } = exchange;
  const lines = [
    `--- ${exchange.role} ${oneLine(exchange.action)}, ${Math.round(exchange.durationMs)} ms`,
    `${oneLine(request.method)} ${oneLine(truncate(request.url, MAX_TEXT_UNITS))}`,
    ...headerLines(request.headers),
    "",
    bodyText(request.body),
    "--- response",
  ];
  if ("reason" in response)
    lines.push(`no response: ${response.reason} (${oneLine(truncate(response.detail, MAX_TEXT_UNITS))})`);
  else lines.push(`HTTP ${response.status}`, ...headerLines(response.headers), "", bodyText(response.body));
  return lines.join("\n");
}

/** The exchange on which a verdict rests: the last judged one, else the last that was sent. */
export function decisiveExchange(verdict: Verdict): RecordedExchange | undefined {
  return verdict.exchanges.findLast((exchange) => exchange.role === "judged") ?? verdict.exchanges.at(-1);
}
