/** Hostile status lines and headers: too many, too long, twice, contradictory, or about something else. */
import {
  expectAnyOf,
  expectFailed,
  expectIndeterminate,
  expectPassed,
  type HostileBehaviour,
  MAX_CASES_PER_BEHAVIOUR,
  once,
  type ResponseWriter,
} from "./behaviour.ts";
import { head, message, replaceBody, sendAll, verbatim, withHeaders } from "./raw-response.ts";

type Pairs = readonly (readonly [string, string])[];

/** The answer with further headers. */
const more = (id: string, comes: HostileBehaviour["comes"], headers: Pairs | (() => Pairs)): HostileBehaviour => ({
  id: `headers/${id}`,
  comes,
  tell: ({ socket, answer }) =>
    void socket.write(withHeaders(answer, typeof headers === "function" ? headers() : headers)),
});

/** The answer with others in place of its own. */
const other = (id: string, comes: HostileBehaviour["comes"], headers: Pairs): HostileBehaviour => ({
  id: `headers/${id}`,
  comes,
  tell: ({ socket, answer }) => void socket.write(message(answer.status, replaceBody(answer, headers), answer.body)),
});

/** A head by hand, then the body. */
const raw = (
  id: string,
  comes: HostileBehaviour["comes"],
  made: (telling: ResponseWriter, length: number) => string,
  tail = "",
): HostileBehaviour => ({
  id: `headers/${id}`,
  comes,
  tell: (t) => {
    const { body } = t.answer;
    t.socket.write(Buffer.concat([Buffer.from(made(t, body.length), "latin1"), body, Buffer.from(tail)]));
  },
});

/** Lengths that are not those of the body; `lines` stand as they are. */
const length = (
  id: string,
  comes: HostileBehaviour["comes"],
  lines: (length: number) => readonly string[],
): HostileBehaviour =>
  raw(`content-length-${id}`, comes, ({ answer }, bytes) =>
    head(answer.status, answer.headers).replace(/\r\n$/, `${lines(bytes).join("\r\n")}\r\n\r\n`),
  );

/** `#` stands for the answer's own status. */
const statusLine = (id: string, comes: HostileBehaviour["comes"], line: string): HostileBehaviour =>
  raw(`status-line-${id}`, comes, ({ answer }, bytes) =>
    head(answer.status, [...answer.headers, ["content-length", String(bytes)]]).replace(/^[^\r]*/, () =>
      line.replace("#", String(answer.status)),
    ),
  );

/** Without a body, as its status says. */
const bodiless = (status: number): HostileBehaviour => ({
  id: `headers/status-${status}-without-body`,
  comes: expectFailed,
  tell: ({ socket, answer }) => void socket.write(head(status, answer.headers), "latin1"),
});

const redirect = (status: number): HostileBehaviour => ({
  id: `headers/redirect-${status}`,
  comes: expectFailed,
  tell: ({ socket, elsewhere }) => void socket.write(message(status, [["location", elsewhere]], "")),
});

const anHour = 3_600_000;
const dated = (ms: number): Pairs => [["date", new Date(Date.now() + ms).toUTCString()]];
const type = "content-type";

export const headers: readonly HostileBehaviour[] = [
  more("one-of-1-mb", expectIndeterminate, () => [["x-large", "x".repeat(1 << 20)]]),
  {
    ...more("10000-of-them", expectIndeterminate, () => Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, ""])),
    whens: once,
  },
  more("300-of-them", expectPassed, () => Array.from({ length: 300 }, (_, i) => [`x-${i}`, "text"])),
  {
    id: "headers/endless",
    comes: expectIndeterminate,
    whens: MAX_CASES_PER_BEHAVIOUR,
    tell: ({ socket }) => sendAll(socket, "HTTP/1.1 200 OK\r\n", "x-more: and more\r\n".repeat(1000)),
  },
  {
    id: "headers/endless-one",
    comes: expectIndeterminate,
    tell: ({ socket }) => sendAll(socket, "HTTP/1.1 200 OK\r\nx: ", "x".repeat(9999)),
  },
  more("control-character-in-name", expectIndeterminate, [["x-\u0001bell", "text"]]),
  more("blank-in-name", expectIndeterminate, [["x name", "text"]]),
  more("no-name", expectIndeterminate, [["", "text"]]),
  more("nul-in-value", expectIndeterminate, [["x-nul", "a\0b"]]),
  more("escape-in-value", expectIndeterminate, [["x-ansi", "\u001b[31mred\u001b[0m"]]),
  more("carriage-return-in-value", expectIndeterminate, [["x-split", "a\rset-cookie: b"]]),
  more("latin-1-in-value", expectPassed, [["x-latin", "\u0080\u009b\u00e4\u00ff"]]),
  more("right-to-left-in-value", expectPassed, [["x-bidi", Buffer.from("\u202egnp.exe").toString("latin1")]]),
  more("markup-in-value", expectPassed, [["x-markup", `<script>]]>"><img onerror=alert(1)>&amp;-->`]]),
  // A client has to take these for what they are; undici takes them for a breach.
  more("folded", expectAnyOf, [["x-folded", "a\r\n b"]]),
  raw("no-colon", expectIndeterminate, ({ answer }, bytes) =>
    head(answer.status, [...answer.headers, ["content-length", String(bytes)]]).replace(
      "\r\n",
      "\r\nno colon here\r\n",
    ),
  ),
  more("names-of-objects", expectPassed, [
    ["__proto__", "polluted"],
    ["constructor", "text"],
    ["toString", "text"],
    ["hasOwnProperty", "text"],
  ]),
  more("set-cookie", expectPassed, [
    ["set-cookie", "session=abc; Domain=.example.com; Path=/"],
    ["set-cookie", `big=${"x".repeat(4000)}`],
  ]),
  {
    id: "headers/content-type-twice-the-same",
    comes: expectPassed,
    tell: ({ socket, answer }) =>
      void socket.write(
        withHeaders(
          answer,
          answer.headers.filter(([name]) => name.toLowerCase() === type),
        ),
      ),
  },
  // IM documents no content type, so it cannot break that.
  {
    id: "headers/content-type-twice-another",
    comes: { cloud: expectFailed, im: expectPassed, aws: expectFailed },
    tell: ({ socket, answer }) => void socket.write(withHeaders(answer, [[type, "text/html"]])),
  },
  other("content-type-of-100-kb-of-parameters", expectIndeterminate, [
    [type, `application/json; x=${"x".repeat(100_000)}`],
  ]),
  other("content-type-with-markup", { cloud: expectFailed, im: expectPassed, aws: expectFailed }, [
    [type, `text/html"><script>]]>`],
  ]),
  other("content-type-empty", { cloud: expectFailed, im: expectPassed, aws: expectFailed }, [[type, ""]]),
  {
    id: "headers/request-id-twice-the-same",
    comes: expectPassed,
    tell: ({ socket, answer }) =>
      void socket.write(
        withHeaders(
          answer,
          answer.headers.filter(([name]) => /requestid/i.test(name)),
        ),
      ),
  },
  more("request-id-twice-another", { cloud: expectPassed, im: expectPassed, aws: expectFailed }, [
    ["x-amzn-requestid", "another"],
  ]),
  {
    id: "headers/none-but-the-length",
    comes: { cloud: expectFailed, im: expectPassed, aws: expectFailed },
    tell: ({ socket, answer }) => void socket.write(message(answer.status, [], answer.body)),
  },
  length("too-short", expectFailed, (bytes) => [`content-length: ${bytes - 1}`]),
  length("0", { cloud: expectFailed, im: expectFailed, aws: { accepted: ["passed"], refused: ["failed"] } }, () => [
    "content-length: 0",
  ]),
  { ...length("too-long", expectIndeterminate, (bytes) => [`content-length: ${bytes + 1}`]), waits: true },
  { ...length("of-a-terabyte", expectIndeterminate, () => ["content-length: 1099511627776"]), waits: true },
  length("beyond-64-bits", expectIndeterminate, () => ["content-length: 99999999999999999999"]),
  length("negative", expectIndeterminate, () => ["content-length: -1"]),
  length("in-words", expectIndeterminate, () => ["content-length: many"]),
  length("empty", expectIndeterminate, () => ["content-length:"]),
  length("twice-the-same", expectAnyOf, (bytes) => [`content-length: ${bytes}`, `content-length: ${bytes}`]),
  length("twice-another", expectIndeterminate, (bytes) => [`content-length: ${bytes}`, `content-length: ${bytes - 1}`]),
  length("and-chunked", expectIndeterminate, (bytes) => [`content-length: ${bytes}`, "transfer-encoding: chunked"]),
  { ...length("absent-encoding-unknown", expectIndeterminate, () => ["transfer-encoding: telepathy"]), waits: true },
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
  // With a body that may not be there, which is no HTTP.
  statusLine("204", expectIndeterminate, "HTTP/1.1 204 No Content"),
  statusLine("304", expectIndeterminate, "HTTP/1.1 304 Not Modified"),
  bodiless(204),
  bodiless(304),
  ...[300, 301, 302, 303, 307, 308].map(redirect),
  more("refresh-elsewhere", expectPassed, [["refresh", "0; url=http://127.0.0.1:1/"]]),
  other("date-in-1970", expectPassed, [["date", "Thu, 01 Jan 1970 00:00:00 GMT"]]),
  {
    id: "headers/date-of-tomorrow",
    comes: expectPassed,
    tell: ({ socket, answer }) =>
      void socket.write(message(answer.status, replaceBody(answer, dated(24 * anHour)), answer.body)),
  },
  {
    id: "headers/date-jumps",
    comes: expectPassed,
    tell: ({ socket, answer, nth }) => {
      const date = dated((nth % 2 === 0 ? -24 : 24) * anHour);
      socket.write(message(answer.status, replaceBody(answer, date), answer.body));
    },
  },
  other("date-of-garbage", expectPassed, [["date", "the day before yesterday"]]),
  other("date-beyond-all", expectPassed, [["date", "+275760-09-13T00:00:00.001Z"]]),
  {
    id: "headers/keep-alive-of-garbage",
    comes: expectPassed,
    tell: (t) => void t.socket.write(keepAlive(t, "timeout=-1, max=x")),
  },
  {
    id: "headers/keep-alive-for-ever",
    comes: expectPassed,
    tell: (t) => void t.socket.write(keepAlive(t, "timeout=1e99")),
  },
  {
    id: "headers/close-and-keep-open",
    comes: expectPassed,
    tell: (t) => void t.socket.write(withHeaders(t.answer, [["connection", "close"]])),
  },
  {
    id: "headers/trailing-blank-lines-first",
    comes: expectPassed,
    tell: (t) => void t.socket.write(Buffer.concat([Buffer.from("\r\n\r\n"), verbatim(t.answer)])),
  },
];

const keepAlive = ({ answer }: ResponseWriter, value: string): Buffer =>
  withHeaders(answer, [
    ["connection", "keep-alive"],
    ["keep-alive", value],
  ]);
