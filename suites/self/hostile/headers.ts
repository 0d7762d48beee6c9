/** Hostile status lines and headers: too many, too long, twice, contradictory, or about something else. */
import { type Behaviour, either, fine, lost, most, once, type Telling, wrong } from "./behaviour.ts";
import { asItIs, head, instead, message, pour, withHeaders } from "./raw-response.ts";

type Pairs = readonly (readonly [string, string])[];

/** The answer with further headers. */
const more = (id: string, comes: Behaviour["comes"], headers: Pairs | (() => Pairs)): Behaviour => ({
  id: `headers/${id}`,
  comes,
  tell: ({ socket, answer }) =>
    void socket.write(withHeaders(answer, typeof headers === "function" ? headers() : headers)),
});

/** The answer with others in place of its own. */
const other = (id: string, comes: Behaviour["comes"], headers: Pairs): Behaviour => ({
  id: `headers/${id}`,
  comes,
  tell: ({ socket, answer }) => void socket.write(message(answer.status, instead(answer, headers), answer.body)),
});

/** A head by hand, then the body. */
const raw = (
  id: string,
  comes: Behaviour["comes"],
  made: (telling: Telling, length: number) => string,
  tail = "",
): Behaviour => ({
  id: `headers/${id}`,
  comes,
  tell: (t) => {
    const { body } = t.answer;
    t.socket.write(Buffer.concat([Buffer.from(made(t, body.length), "latin1"), body, Buffer.from(tail)]));
  },
});

/** Lengths that are not those of the body; `lines` stand as they are. */
const length = (id: string, comes: Behaviour["comes"], lines: (length: number) => readonly string[]): Behaviour =>
  raw(`content-length-${id}`, comes, ({ answer }, bytes) =>
    head(answer.status, answer.headers).replace(/\r\n$/, `${lines(bytes).join("\r\n")}\r\n\r\n`),
  );

/** `#` stands for the answer's own status. */
const statusLine = (id: string, comes: Behaviour["comes"], line: string): Behaviour =>
  raw(`status-line-${id}`, comes, ({ answer }, bytes) =>
    head(answer.status, [...answer.headers, ["content-length", String(bytes)]]).replace(/^[^\r]*/, () =>
      line.replace("#", String(answer.status)),
    ),
  );

/** Without a body, as its status says. */
const bodiless = (status: number): Behaviour => ({
  id: `headers/status-${status}-without-body`,
  comes: wrong,
  tell: ({ socket, answer }) => void socket.write(head(status, answer.headers), "latin1"),
});

const redirect = (status: number): Behaviour => ({
  id: `headers/redirect-${status}`,
  comes: wrong,
  tell: ({ socket, elsewhere }) => void socket.write(message(status, [["location", elsewhere]], "")),
});

const anHour = 3_600_000;
const dated = (ms: number): Pairs => [["date", new Date(Date.now() + ms).toUTCString()]];
const type = "content-type";

export const headers: readonly Behaviour[] = [
  more("one-of-1-mb", lost, () => [["x-large", "x".repeat(1 << 20)]]),
  { ...more("10000-of-them", lost, () => Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, ""])), whens: once },
  more("300-of-them", fine, () => Array.from({ length: 300 }, (_, i) => [`x-${i}`, "text"])),
  {
    id: "headers/endless",
    comes: lost,
    whens: most,
    tell: ({ socket }) => pour(socket, "HTTP/1.1 200 OK\r\n", "x-more: and more\r\n".repeat(1000)),
  },
  {
    id: "headers/endless-one",
    comes: lost,
    tell: ({ socket }) => pour(socket, "HTTP/1.1 200 OK\r\nx: ", "x".repeat(9999)),
  },
  more("control-character-in-name", lost, [["x-\u0001bell", "text"]]),
  more("blank-in-name", lost, [["x name", "text"]]),
  more("no-name", lost, [["", "text"]]),
  more("nul-in-value", lost, [["x-nul", "a\0b"]]),
  more("escape-in-value", lost, [["x-ansi", "\u001b[31mred\u001b[0m"]]),
  more("carriage-return-in-value", lost, [["x-split", "a\rset-cookie: b"]]),
  more("latin-1-in-value", fine, [["x-latin", "\u0080\u009b\u00e4\u00ff"]]),
  more("right-to-left-in-value", fine, [["x-bidi", Buffer.from("\u202egnp.exe").toString("latin1")]]),
  more("markup-in-value", fine, [["x-markup", `<script>]]>"><img onerror=alert(1)>&amp;-->`]]),
  // A client has to take these for what they are; undici takes them for a breach.
  more("folded", either, [["x-folded", "a\r\n b"]]),
  raw("no-colon", lost, ({ answer }, bytes) =>
    head(answer.status, [...answer.headers, ["content-length", String(bytes)]]).replace(
      "\r\n",
      "\r\nno colon here\r\n",
    ),
  ),
  more("names-of-objects", fine, [
    ["__proto__", "polluted"],
    ["constructor", "text"],
    ["toString", "text"],
    ["hasOwnProperty", "text"],
  ]),
  more("set-cookie", fine, [
    ["set-cookie", "session=abc; Domain=.example.com; Path=/"],
    ["set-cookie", `big=${"x".repeat(4000)}`],
  ]),
  {
    id: "headers/content-type-twice-the-same",
    comes: fine,
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
    comes: { cloud: wrong, im: fine, aws: wrong },
    tell: ({ socket, answer }) => void socket.write(withHeaders(answer, [[type, "text/html"]])),
  },
  other("content-type-of-100-kb-of-parameters", lost, [[type, `application/json; x=${"x".repeat(100_000)}`]]),
  other("content-type-with-markup", { cloud: wrong, im: fine, aws: wrong }, [[type, `text/html"><script>]]>`]]),
  other("content-type-empty", { cloud: wrong, im: fine, aws: wrong }, [[type, ""]]),
  {
    id: "headers/request-id-twice-the-same",
    comes: fine,
    tell: ({ socket, answer }) =>
      void socket.write(
        withHeaders(
          answer,
          answer.headers.filter(([name]) => /requestid/i.test(name)),
        ),
      ),
  },
  more("request-id-twice-another", { cloud: fine, im: fine, aws: wrong }, [["x-amzn-requestid", "another"]]),
  {
    id: "headers/none-but-the-length",
    comes: { cloud: wrong, im: fine, aws: wrong },
    tell: ({ socket, answer }) => void socket.write(message(answer.status, [], answer.body)),
  },
  length("too-short", wrong, (bytes) => [`content-length: ${bytes - 1}`]),
  length("0", { cloud: wrong, im: wrong, aws: { accepted: ["passed"], refused: ["failed"] } }, () => [
    "content-length: 0",
  ]),
  { ...length("too-long", lost, (bytes) => [`content-length: ${bytes + 1}`]), waits: true },
  { ...length("of-a-terabyte", lost, () => ["content-length: 1099511627776"]), waits: true },
  length("beyond-64-bits", lost, () => ["content-length: 99999999999999999999"]),
  length("negative", lost, () => ["content-length: -1"]),
  length("in-words", lost, () => ["content-length: many"]),
  length("empty", lost, () => ["content-length:"]),
  length("twice-the-same", either, (bytes) => [`content-length: ${bytes}`, `content-length: ${bytes}`]),
  length("twice-another", lost, (bytes) => [`content-length: ${bytes}`, `content-length: ${bytes - 1}`]),
  length("and-chunked", lost, (bytes) => [`content-length: ${bytes}`, "transfer-encoding: chunked"]),
  { ...length("absent-encoding-unknown", lost, () => ["transfer-encoding: telepathy"]), waits: true },
  statusLine("without-reason", fine, "HTTP/1.1 #"),
  statusLine("of-two-digits", lost, "HTTP/1.1 20 OK"),
  statusLine("of-four-digits", lost, "HTTP/1.1 2000 OK"),
  statusLine("in-words", lost, "HTTP/1.1 OK"),
  statusLine("of-http-3", lost, "HTTP/3.0 # OK"),
  statusLine("of-icy", lost, "ICY # OK"),
  statusLine("with-reason-of-1-mb", fine, `HTTP/1.1 # ${"x".repeat(1 << 20)}`),
  statusLine("000", lost, "HTTP/1.1 000 Nothing"),
  statusLine("999", wrong, "HTTP/1.1 999 Beyond"),
  statusLine("201", wrong, "HTTP/1.1 201 Created"),
  statusLine("500", wrong, "HTTP/1.1 500 Internal"),
  // With a body that may not be there, which is no HTTP.
  statusLine("204", lost, "HTTP/1.1 204 No Content"),
  statusLine("304", lost, "HTTP/1.1 304 Not Modified"),
  bodiless(204),
  bodiless(304),
  ...[300, 301, 302, 303, 307, 308].map(redirect),
  more("refresh-elsewhere", fine, [["refresh", "0; url=http://127.0.0.1:1/"]]),
  other("date-in-1970", fine, [["date", "Thu, 01 Jan 1970 00:00:00 GMT"]]),
  {
    id: "headers/date-of-tomorrow",
    comes: fine,
    tell: ({ socket, answer }) =>
      void socket.write(message(answer.status, instead(answer, dated(24 * anHour)), answer.body)),
  },
  {
    id: "headers/date-jumps",
    comes: fine,
    tell: ({ socket, answer, nth }) => {
      const date = dated((nth % 2 === 0 ? -24 : 24) * anHour);
      socket.write(message(answer.status, instead(answer, date), answer.body));
    },
  },
  other("date-of-garbage", fine, [["date", "the day before yesterday"]]),
  other("date-beyond-all", fine, [["date", "+275760-09-13T00:00:00.001Z"]]),
  {
    id: "headers/keep-alive-of-garbage",
    comes: fine,
    tell: (t) => void t.socket.write(keepAlive(t, "timeout=-1, max=x")),
  },
  { id: "headers/keep-alive-for-ever", comes: fine, tell: (t) => void t.socket.write(keepAlive(t, "timeout=1e99")) },
  {
    id: "headers/close-and-keep-open",
    comes: fine,
    tell: (t) => void t.socket.write(withHeaders(t.answer, [["connection", "close"]])),
  },
  {
    id: "headers/trailing-blank-lines-first",
    comes: fine,
    tell: (t) => void t.socket.write(Buffer.concat([Buffer.from("\r\n\r\n"), asItIs(t.answer)])),
  },
];

const keepAlive = ({ answer }: Telling, value: string): Buffer =>
  withHeaders(answer, [
    ["connection", "keep-alive"],
    ["keep-alive", value],
  ]);
