/** Hostile status lines and headers: too many, too long, repeated, contradictory or invalid. */
import {
  type Delivery,
  exceptRefusals,
  expectFailed,
  expectIndeterminate,
  expectPassed,
  expectPassedOrIndeterminate,
  type HostileBehaviour,
  onlyAlways,
} from "./behaviour.ts";
import { addHeaders, head, replaceHeaders, responseBytes, sendEndlessly, unmodified } from "./raw-response.ts";

type Pairs = readonly (readonly [string, string])[];

/** The response with additional headers. */
const withExtra = (
  id: string,
  expected: HostileBehaviour["expected"],
  headers: Pairs | (() => Pairs),
): HostileBehaviour => ({
  id: `headers/${id}`,
  expected,
  deliver: ({ socket, response }) =>
    void socket.write(addHeaders(response, typeof headers === "function" ? headers() : headers)),
});

/** The response with headers of the same names replaced. */
const withReplaced = (id: string, expected: HostileBehaviour["expected"], headers: Pairs): HostileBehaviour => ({
  id: `headers/${id}`,
  expected,
  deliver: ({ socket, response }) =>
    void socket.write(responseBytes(response.status, replaceHeaders(response, headers), response.body)),
});

/** A handwritten head, then the body and `tail`. */
const rawHead = (
  id: string,
  expected: HostileBehaviour["expected"],
  makeHead: (delivery: Delivery, bodyBytes: number) => string,
  tail = "",
): HostileBehaviour => ({
  id: `headers/${id}`,
  expected,
  deliver: (delivery) => {
    const { body } = delivery.response;
    delivery.socket.write(
      Buffer.concat([Buffer.from(makeHead(delivery, body.length), "latin1"), body, Buffer.from(tail)]),
    );
  },
});

/** Framing headers in place of the correct content-length; `lines` are sent unchanged. */
const contentLength = (
  id: string,
  expected: HostileBehaviour["expected"],
  lines: (bodyBytes: number) => readonly string[],
): HostileBehaviour =>
  rawHead(`content-length-${id}`, expected, ({ response }, bytes) =>
    head(response.status, response.headers).replace(/\r\n$/, `${lines(bytes).join("\r\n")}\r\n\r\n`),
  );

/** Another status line; `#` in it is replaced by the response's status. */
const statusLine = (id: string, expected: HostileBehaviour["expected"], line: string): HostileBehaviour =>
  rawHead(`status-line-${id}`, expected, ({ response }, bytes) =>
    head(response.status, [...response.headers, ["content-length", String(bytes)]]).replace(/^[^\r]*/, () =>
      line.replace("#", String(response.status)),
    ),
  );

/** A response whose status forbids a body, without one. */
const bodiless = (status: number): HostileBehaviour => ({
  id: `headers/status-${status}-without-body`,
  expected: expectFailed,
  deliver: ({ socket, response }) => void socket.write(head(status, response.headers), "latin1"),
});

const redirect = (status: number): HostileBehaviour => ({
  id: `headers/redirect-${status}`,
  expected: expectFailed,
  deliver: ({ socket, redirectUrl }) => void socket.write(responseBytes(status, [["location", redirectUrl]], "")),
});

const HOUR_MS = 3_600_000;
/** A Date header that is off by this many milliseconds. */
const dateHeader = (ms: number): Pairs => [["date", new Date(Date.now() + ms).toUTCString()]];
const contentTypeName = "content-type";

export const headers: readonly HostileBehaviour[] = [
  withExtra("one-of-1-mb", expectIndeterminate, () => [["x-large", "x".repeat(1 << 20)]]),
  {
    ...withExtra("10000-of-them", expectIndeterminate, () => Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, ""])),
    activations: onlyAlways,
  },
  withExtra("300-of-them", expectPassed, () => Array.from({ length: 300 }, (_, i) => [`x-${i}`, "text"])),
  {
    id: "headers/endless",
    expected: expectIndeterminate,
    activations: exceptRefusals,
    deliver: ({ socket }) => sendEndlessly(socket, "HTTP/1.1 200 OK\r\n", "x-more: and more\r\n".repeat(1000)),
  },
  {
    id: "headers/endless-one",
    expected: expectIndeterminate,
    deliver: ({ socket }) => sendEndlessly(socket, "HTTP/1.1 200 OK\r\nx: ", "x".repeat(9999)),
  },
  withExtra("control-character-in-name", expectIndeterminate, [["x-\u0001bell", "text"]]),
  withExtra("blank-in-name", expectIndeterminate, [["x name", "text"]]),
  withExtra("no-name", expectIndeterminate, [["", "text"]]),
  withExtra("nul-in-value", expectIndeterminate, [["x-nul", "a\0b"]]),
  withExtra("escape-in-value", expectIndeterminate, [["x-ansi", "\u001b[31mred\u001b[0m"]]),
  withExtra("carriage-return-in-value", expectIndeterminate, [["x-split", "a\rset-cookie: b"]]),
  withExtra("latin-1-in-value", expectPassed, [["x-latin", "\u0080\u009b\u00e4\u00ff"]]),
  withExtra("right-to-left-in-value", expectPassed, [["x-bidi", Buffer.from("\u202egnp.exe").toString("latin1")]]),
  withExtra("markup-in-value", expectPassed, [["x-markup", `<script>]]>"><img onerror=alert(1)>&amp;-->`]]),
  // Obsolete but valid HTTP, which undici may treat as a protocol violation.
  withExtra("folded", expectPassedOrIndeterminate, [["x-folded", "a\r\n b"]]),
  rawHead("no-colon", expectIndeterminate, ({ response }, bytes) =>
    head(response.status, [...response.headers, ["content-length", String(bytes)]]).replace(
      "\r\n",
      "\r\nno colon here\r\n",
    ),
  ),
  withExtra("names-of-objects", expectPassed, [
    ["__proto__", "polluted"],
    ["constructor", "text"],
    ["toString", "text"],
    ["hasOwnProperty", "text"],
  ]),
  withExtra("set-cookie", expectPassed, [
    ["set-cookie", "session=abc; Domain=.example.com; Path=/"],
    ["set-cookie", `big=${"x".repeat(4000)}`],
  ]),
  {
    id: "headers/content-type-twice-the-same",
    expected: expectPassed,
    deliver: ({ socket, response }) =>
      void socket.write(
        addHeaders(
          response,
          response.headers.filter(([name]) => name.toLowerCase() === contentTypeName),
        ),
      ),
  },
  // IM documents no content type, so any one passes.
  {
    id: "headers/content-type-twice-another",
    expected: { cloud: expectFailed, im: expectPassed, aws: expectFailed },
    deliver: ({ socket, response }) => void socket.write(addHeaders(response, [[contentTypeName, "text/html"]])),
  },
  withReplaced("content-type-of-100-kb-of-parameters", expectIndeterminate, [
    [contentTypeName, `application/json; x=${"x".repeat(100_000)}`],
  ]),
  withReplaced("content-type-with-markup", { cloud: expectFailed, im: expectPassed, aws: expectFailed }, [
    [contentTypeName, `text/html"><script>]]>`],
  ]),
  withReplaced("content-type-empty", { cloud: expectFailed, im: expectPassed, aws: expectFailed }, [
    [contentTypeName, ""],
  ]),
  {
    id: "headers/request-id-twice-the-same",
    expected: expectPassed,
    deliver: ({ socket, response }) =>
      void socket.write(
        addHeaders(
          response,
          response.headers.filter(([name]) => /requestid/i.test(name)),
        ),
      ),
  },
  withExtra("request-id-twice-another", expectPassed, [["x-amzn-requestid", "another"]]),
  {
    id: "headers/none-but-the-length",
    expected: { cloud: expectFailed, im: expectPassed, aws: expectFailed },
    deliver: ({ socket, response }) => void socket.write(responseBytes(response.status, [], response.body)),
  },
  contentLength("too-short", expectFailed, (bytes) => [`content-length: ${bytes - 1}`]),
  contentLength(
    "0",
    { cloud: expectFailed, im: expectFailed, aws: { accepted: ["passed"], refused: ["failed"] } },
    () => ["content-length: 0"],
  ),
  {
    ...contentLength("too-long", expectIndeterminate, (bytes) => [`content-length: ${bytes + 1}`]),
    endsByTimeout: true,
  },
  {
    ...contentLength("of-a-terabyte", expectIndeterminate, () => ["content-length: 1099511627776"]),
    endsByTimeout: true,
  },
  contentLength("beyond-64-bits", expectIndeterminate, () => ["content-length: 99999999999999999999"]),
  contentLength("negative", expectIndeterminate, () => ["content-length: -1"]),
  contentLength("in-words", expectIndeterminate, () => ["content-length: many"]),
  contentLength("empty", expectIndeterminate, () => ["content-length:"]),
  contentLength("twice-the-same", expectPassedOrIndeterminate, (bytes) => [
    `content-length: ${bytes}`,
    `content-length: ${bytes}`,
  ]),
  contentLength("twice-another", expectIndeterminate, (bytes) => [
    `content-length: ${bytes}`,
    `content-length: ${bytes - 1}`,
  ]),
  contentLength("and-chunked", expectIndeterminate, (bytes) => [
    `content-length: ${bytes}`,
    "transfer-encoding: chunked",
  ]),
  {
    ...contentLength("absent-encoding-unknown", expectIndeterminate, () => ["transfer-encoding: telepathy"]),
    endsByTimeout: true,
  },
  statusLine("without-reason", expectPassed, "HTTP/1.1 #"),
  statusLine("of-two-digits", expectIndeterminate, "HTTP/1.1 20 OK"),
  statusLine("of-four-digits", expectIndeterminate, "HTTP/1.1 2000 OK"),
  statusLine("in-words", expectIndeterminate, "HTTP/1.1 OK"),
  statusLine("of-http-3", expectIndeterminate, "HTTP/3.0 # OK"),
  statusLine("of-icy", expectIndeterminate, "ICY # OK"),
  statusLine("with-reason-of-1-mb", expectPassed, `HTTP/1.1 # ${"x".repeat(1 << 20)}`),
  statusLine("000", expectIndeterminate, "HTTP/1.1 000 Nothing"),
  statusLine("999", expectFailed, "HTTP/1.1 999 Beyond"),
  statusLine("201", expectFailed, "HTTP/1.1 201 Created"),
  statusLine("500", expectFailed, "HTTP/1.1 500 Internal"),
  // The status forbids a body, so the body that follows is invalid HTTP.
  statusLine("204", expectIndeterminate, "HTTP/1.1 204 No Content"),
  statusLine("304", expectIndeterminate, "HTTP/1.1 304 Not Modified"),
  bodiless(204),
  bodiless(304),
  ...[300, 301, 302, 303, 307, 308].map(redirect),
  withExtra("refresh-elsewhere", expectPassed, [["refresh", "0; url=http://127.0.0.1:1/"]]),
  withReplaced("date-in-1970", expectPassed, [["date", "Thu, 01 Jan 1970 00:00:00 GMT"]]),
  {
    id: "headers/date-of-tomorrow",
    expected: expectPassed,
    deliver: ({ socket, response }) =>
      void socket.write(
        responseBytes(response.status, replaceHeaders(response, dateHeader(24 * HOUR_MS)), response.body),
      ),
  },
  {
    id: "headers/date-jumps",
    expected: expectPassed,
    deliver: ({ socket, response, requestNumber }) => {
      const date = dateHeader((requestNumber % 2 === 0 ? -24 : 24) * HOUR_MS);
      socket.write(responseBytes(response.status, replaceHeaders(response, date), response.body));
    },
  },
  withReplaced("date-of-garbage", expectPassed, [["date", "the day before yesterday"]]),
  withReplaced("date-beyond-all", expectPassed, [["date", "+275760-09-13T00:00:00.001Z"]]),
  {
    id: "headers/keep-alive-of-garbage",
    expected: expectPassed,
    deliver: (delivery) => void delivery.socket.write(keepAlive(delivery, "timeout=-1, max=x")),
  },
  {
    id: "headers/keep-alive-for-ever",
    expected: expectPassed,
    deliver: (delivery) => void delivery.socket.write(keepAlive(delivery, "timeout=1e99")),
  },
  {
    id: "headers/close-and-keep-open",
    expected: expectPassed,
    deliver: (delivery) => void delivery.socket.write(addHeaders(delivery.response, [["connection", "close"]])),
  },
  {
    id: "headers/trailing-blank-lines-first",
    expected: expectPassed,
    deliver: (delivery) =>
      void delivery.socket.write(Buffer.concat([Buffer.from("\r\n\r\n"), unmodified(delivery.response)])),
  },
];

const keepAlive = ({ response }: Delivery, value: string): Buffer =>
  addHeaders(response, [
    ["connection", "keep-alive"],
    ["keep-alive", value],
  ]);
