/** Recorded exchange of a case → an entry of HAR 1.2. */
import type { Content, Entry, PostData, Request, Response } from "har-format";
import type { Header, RecordedBody, RecordedExchange, Verdict } from "../../runner/model/index.ts";
import { decidingFindings, warningFindings } from "../summary/cause.ts";
import { describeFinding, reasonText } from "../text/sentences.ts";
import { oneLine, plural, truncate } from "../text/visible-text.ts";

type Pairs = RecordedExchange["request"]["headers"];

/** assay uses only this version. */
const httpVersion = "HTTP/1.1";
/** HAR writes -1 for a size or a time that is not known. */
const UNKNOWN = -1;

const headerOf = (headers: Pairs, name: string): string =>
  headers.find(([headerName]) => headerName.toLowerCase() === name)?.[1] ?? "";

const toNameValues = (pairs: Iterable<readonly [string, string]>) =>
  [...pairs].map(([name, value]) => ({ name, value }));

/** A comment on a body that the log holds only in part. */
function truncationComment({ text, bytes, sha256 }: RecordedBody): { comment?: string } {
  if (sha256 === undefined) return {};
  return { comment: `the first ${Buffer.byteLength(text)} of ${bytes} bytes; SHA-256 of the whole: ${sha256}` };
}

const percentEncode = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

/** HAR requires an absolute URI. Characters that a URI must not contain, such as the brackets of `[redacted]`, are percent-encoded. */
function toUri(url: string): string {
  const origin = /^https?:\/\/(?:\[[\da-f:.]+\]|[\w.~-]+)(?::\d+)?(?=[/?]|$)/i.exec(url)?.[0] ?? "";
  const rest = url.slice(origin.length).replace(/%(?![\da-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]+/gi, percentEncode);
  return `${origin || "unknown:"}${rest}`;
}

/**
 * Names decoded, values percent-encoded: HAR does not say which. Browsers write values as they are in the URL, and har-to-k6, which
 * decodes them, fails for a whole log where a decoded value has a `%`. Bytes that are not UTF-8 are U+FFFD.
 */
const queryPairs = (query: string) =>
  [...new URLSearchParams(query)].map(([name, value]) => ({ name, value: encodeURIComponent(value) }));

function requestOf({ request }: RecordedExchange): Request {
  const { method, url, headers, body } = request;
  const uri = toUri(url);
  const query = uri.indexOf("?");
  const postData: PostData = {
    mimeType: headerOf(headers, "content-type"),
    text: body.text,
    ...truncationComment(body),
  };
  return {
    method,
    url: uri,
    httpVersion,
    cookies: [],
    headers: toNameValues(headers),
    queryString: query < 0 ? [] : queryPairs(uri.slice(query + 1)),
    ...(body.bytes > 0 || body.text !== "" ? { postData } : {}),
    headersSize: UNKNOWN,
    bodySize: body.bytes,
  };
}

/** For a missing response HAR has the status 0; `_error` is the reason. */
function responseOf({ response }: RecordedExchange): Response & { _error?: string } {
  const common = { statusText: "", cookies: [], headersSize: UNKNOWN };
  if ("reason" in response) {
    const content = { size: 0, mimeType: "x-unknown" };
    const noResponse = { httpVersion: "", headers: [], content, redirectURL: "", bodySize: UNKNOWN };
    return { status: 0, ...common, ...noResponse, _error: `${response.reason}: ${response.detail}` };
  }
  const { status, headers, body } = response;
  const mimeType = headerOf(headers, "content-type");
  const content: Content = { size: body.bytes, mimeType, text: body.text, ...truncationComment(body) };
  const redirectURL = headerOf(headers, "location");
  return { status, ...common, httpVersion, headers: toNameValues(headers), content, redirectURL, bodySize: body.bytes };
}

/** Findings in a comment; report.json has all. */
const MAX_FINDINGS = 3;

/** One line: the role of the call and its case; for the judged call also status and findings. */
function comment(verdict: Verdict, role: RecordedExchange["role"], cases: number): string {
  const { id, status } = verdict;
  const moreCases = cases > 1 ? ` and ${plural(cases - 1, "more case")}` : "";
  if (role !== "judged") return oneLine(`${role} of ${id}${moreCases}`);
  const findings = status === "failed" || status === "known" ? decidingFindings(verdict) : warningFindings(verdict);
  const sentences = findings.slice(0, MAX_FINDINGS).map(describeFinding);
  if (findings.length > MAX_FINDINGS) sentences.push(`and ${findings.length - MAX_FINDINGS} more`);
  if (sentences.length === 0 && status !== "passed") sentences.push(reasonText(verdict));
  const callDescription = oneLine(`judged call of ${id}, ${status}`);
  return sentences.length > 0 ? `${callDescription}: ${sentences.join(" ")}` : callDescription;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const isInstant = (text: string | undefined): text is string =>
  text !== undefined && INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/** The time of sending, which HAR requires. Older logs hold only the start of the run, or no time. */
function sendTime(header: Header, exchange: RecordedExchange): { startedAt: string; comment?: string } {
  if (isInstant(exchange.started)) return { startedAt: exchange.started };
  if (isInstant(header.started)) {
    return {
      startedAt: header.started,
      comment: "the log does not hold the time of sending; this is the start of the run",
    };
  }
  return { startedAt: new Date(0).toISOString(), comment: "the log does not hold the time of sending" };
}

export interface ControlUse {
  /** The number of cases for which this call is the control. */
  readonly cases: number;
  /** The case whose entries hold the control of this one, if that is another case. */
  readonly control?: string | undefined;
}

export function toHarEntry(
  header: Header,
  verdict: Verdict,
  exchange: RecordedExchange,
  { cases, control }: ControlUse = { cases: 1 },
): Entry {
  const { role, action, durationMs } = exchange;
  const { startedAt, ...startComment } = sendTime(header, exchange);
  const request = requestOf(exchange);
  const rawUrl = request.url === exchange.request.url ? {} : { url: exchange.request.url };
  const caseFacts = {
    ...(cases > 1 ? { cases } : {}),
    ...(control !== undefined && role === "judged" ? { control } : {}),
  };
  const unknownTimings = { blocked: UNKNOWN, dns: UNKNOWN, connect: UNKNOWN, ssl: UNKNOWN };
  return {
    startedDateTime: startedAt,
    time: durationMs,
    request,
    response: responseOf(exchange),
    cache: {},
    timings: { ...unknownTimings, send: 0, wait: durationMs, receive: 0, ...startComment },
    comment: truncate(comment(verdict, role, cases), 2000),
    // `url`: the recorded text, where it is not a valid URI.
    _assay: { case: verdict.id, ...caseFacts, role, action, status: verdict.status, ...rawUrl },
  };
}
