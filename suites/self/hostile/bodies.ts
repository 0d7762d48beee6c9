/** Hostile bodies: no JSON, half of it, too much, wrongly coded, wrongly cut, or somebody else's page. */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  type ExpectedVerdict,
  everywhere,
  expectFailed,
  expectIndeterminate,
  expectPassed,
  type HostileBehaviour,
  MAX_CASES_PER_BEHAVIOUR,
  once,
  type ResponseWriter,
} from "./behaviour.ts";
import { almostTooLarge, head, message, replaceBody, sendAll, tooLarge, withBody, wrapBody } from "./raw-response.ts";

/** The answer with another body. */
const body = (
  id: string,
  comes: HostileBehaviour["comes"],
  make: (body: Buffer) => string | Buffer,
): HostileBehaviour => ({
  id: `body/${id}`,
  comes,
  tell: ({ socket, answer }) => void socket.write(withBody(answer, make(answer.body))),
});

/** A page of somebody on the way. */
const page = (
  id: string,
  comes: ExpectedVerdict,
  status: number,
  more: readonly (readonly [string, string])[] = [],
): HostileBehaviour => ({
  id: `body/${id}`,
  comes,
  tell: ({ socket }) =>
    void socket.write(
      message(status, [["content-type", "text/html"], ...more], "<!doctype html><title>It works</title>"),
    ),
});

/** Sent in chunks as they stand; the type is that of the answer. */
const chunked = (id: string, comes: ExpectedVerdict, chunks: (body: Buffer) => string): HostileBehaviour => ({
  id: `body/chunked-${id}`,
  comes,
  tell: (t) => void t.socket.write(Buffer.from(chunkedHead(t) + chunks(t.answer.body), "latin1")),
});

const chunkedHead = ({ answer }: ResponseWriter): string =>
  head(answer.status, [...answer.headers, ["transfer-encoding", "chunked"]]);

const chunk = (of: Buffer, size = of.length): string => `${size.toString(16)}\r\n${of.toString("latin1")}\r\n`;

const encoded = (id: string, how: string, make: (body: Buffer) => Buffer): HostileBehaviour => ({
  id: `body/${id}`,
  comes: expectFailed,
  tell: ({ socket, answer }) =>
    void socket.write(message(answer.status, replaceBody(answer, [["content-encoding", how]]), make(answer.body))),
});

/** Made once; it is the same for everyone. */
let bomb: Buffer | undefined;
const gzipBomb = (): Buffer => {
  bomb ??= gzipSync(Buffer.alloc(512 * 1024 * 1024, 0x20));
  return bomb;
};

const retryAfter = (id: string, ...values: readonly string[]): HostileBehaviour =>
  page(
    `429-retry-after-${id}`,
    expectIndeterminate,
    429,
    values.map((value) => ["retry-after", value]),
  );

/** No page says that an answer of AWS has to hold anything. */
const emptyOfAws: ExpectedVerdict = { accepted: ["passed"], refused: ["failed"] };

const nested = (levels: number) => `{"Response":${"[".repeat(levels)}${"]".repeat(levels)}}`;

export const bodies: readonly HostileBehaviour[] = [
  body("empty", { cloud: expectFailed, im: expectFailed, aws: emptyOfAws }, () => ""),
  body("blank", expectFailed, () => " \r\n\t"),
  body("half", expectFailed, (b) => b.subarray(0, b.length / 2)),
  body("without-its-last-byte", expectFailed, (b) => b.subarray(0, -1)),
  body("twice", expectFailed, (b) => Buffer.concat([b, b])),
  body("text-behind", expectFailed, (b) => `${b}<!-- served by cache 7 -->`),
  body("invalid-utf-8", expectFailed, (b) =>
    Buffer.concat([b.subarray(0, -1), Buffer.from(',"x":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ),
  body("byte-order-mark", expectFailed, (b) => `\ufeff${b}`),
  body("utf-16", expectFailed, (b) => Buffer.from(`\ufeff${b}`, "utf16le")),
  body("utf-16-without-mark", expectFailed, (b) => Buffer.from(b.toString(), "utf16le")),
  body("nul-before", expectFailed, (b) => `\0${b}`),
  body("nul-behind", expectFailed, (b) => `${b}\0`),
  body("nul-inside", expectFailed, (b) => wrapBody(b, '"x":"a\0b"')),
  body("nan", expectFailed, (b) => wrapBody(b, '"x":NaN')),
  body("comment", expectFailed, (b) => `/* ok */${b}`),
  body("jsonp", expectFailed, (b) => `callback(${b});`),
  body("xml", expectFailed, () => "<Response><RequestId>r</RequestId></Response>"),
  body("10000-deep", expectFailed, () => nested(10_000)),
  body("1000000-deep", expectFailed, () => nested(1_000_000)),
  body("1000000-deep-unclosed", expectFailed, () => "[".repeat(1_000_000)),
  body("large-of-blanks", expectPassed, (b) => Buffer.concat([Buffer.alloc(almostTooLarge, 0x20), b])),
  body("too-large", expectFailed, (b) => Buffer.concat([Buffer.alloc(tooLarge, 0x20), b])),
  body("large-of-lists", expectFailed, (b) => wrapBody(b, `"x":[${"[],".repeat(almostTooLarge / 3)}[]]`)),
  body("large-of-members", expectFailed, (b) => wrapBody(b, `"x":[${'{"a":0},'.repeat(almostTooLarge / 8)}{}]`)),
  body("large-of-escapes", expectPassed, (b) => wrapBody(b, `"x":"${"\\u001b".repeat(almostTooLarge / 6)}"`)),
  body("large-of-digits", expectPassed, (b) => wrapBody(b, `"x":${"1".repeat(almostTooLarge)}`)),
  {
    id: "body/endless",
    comes: expectFailed,
    whens: MAX_CASES_PER_BEHAVIOUR,
    tell: ({ socket, answer }) => sendAll(socket, head(answer.status, answer.headers), Buffer.alloc(64 * 1024, 0x20)),
  },
  {
    id: "body/endless-chunked",
    comes: expectFailed,
    tell: (t) => sendAll(t.socket, chunkedHead(t), chunk(Buffer.alloc(64 * 1024, 0x20))),
  },
  {
    // Faster than the client, it is cut at the cap; slower, its time is up first.
    id: "body/endless-chunks-of-one-byte",
    whens: once,
    comes: { accepted: ["failed", "indeterminate"], refused: ["failed", "indeterminate"] },
    tell: (t) => sendAll(t.socket, chunkedHead(t), "1\r\n \r\n".repeat(10_000)),
  },
  {
    id: "body/endless-trailers",
    comes: expectIndeterminate,
    whens: once,
    tell: (t) =>
      sendAll(t.socket, `${chunkedHead(t) + chunk(t.answer.body)}0\r\n`, "x-trailer: and more\r\n".repeat(1000)),
  },
  {
    id: "body/endless-chunk-extension",
    comes: expectIndeterminate,
    waits: true,
    tell: (t) => sendAll(t.socket, `${chunkedHead(t)}1;`, "x".repeat(64 * 1024)),
  },
  chunked("well", expectPassed, (b) => `${chunk(b)}0\r\n\r\n`),
  chunked("byte-by-byte", expectPassed, (b) => `${[...b].map((byte) => chunk(Buffer.from([byte]))).join("")}0\r\n\r\n`),
  chunked("size-too-small", expectIndeterminate, (b) => `${chunk(b, b.length - 1)}0\r\n\r\n`),
  chunked("size-too-large", expectIndeterminate, (b) => `${chunk(b, b.length + 1)}0\r\n\r\n`),
  chunked("size-in-words", expectIndeterminate, (b) => `many\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-negative", expectIndeterminate, (b) => `-1\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-beyond-64-bits", expectIndeterminate, (b) => `fffffffffffffffff\r\n${b}\r\n0\r\n\r\n`),
  chunked("garbage-behind", expectPassed, (b) => `${chunk(b)}0\r\n\r\ngarbage`),
  { ...chunked("without-end", expectIndeterminate, (b) => chunk(b)), waits: true },
  encoded("gzip", "gzip", gzipSync),
  encoded("gzip-bomb", "gzip", gzipBomb),
  encoded("deflate", "deflate", deflateSync),
  encoded("brotli", "br", brotliCompressSync),
  encoded("gzip-in-name-only", "gzip", (b) => b),
  encoded("encoding-unknown", "x-rot13", (b) => b),
  { ...encoded("identity", "identity", (b) => b), comes: expectPassed },
  { ...page("html-200", expectFailed, 200), whens: everywhere },
  page("html-400", expectFailed, 400),
  page("html-403", expectFailed, 403),
  page("html-404", expectFailed, 404),
  ...[407, 408, 500, 501, 502, 503, 504, 520, 599].map((status) => page(`html-${status}`, expectIndeterminate, status)),
  { ...page("html-503-often", expectIndeterminate, 503), whens: everywhere },
  {
    id: "body/503-without-a-body",
    comes: expectIndeterminate,
    tell: ({ socket }) => void socket.write(message(503, [], "")),
  },
  {
    id: "body/503-with-a-gateway's-json",
    comes: expectIndeterminate,
    tell: ({ socket }) =>
      void socket.write(message(503, [["content-type", "application/json"]], '{"message":"Service Unavailable"}')),
  },
  {
    id: "body/503-half-an-envelope",
    comes: expectIndeterminate,
    tell: ({ socket }) => void socket.write(message(503, [], '{"Response":{"Err')),
  },
  page("429", expectIndeterminate, 429),
  retryAfter("0", "0"),
  retryAfter("negative", "-5"),
  retryAfter("huge", "99999999999999999999"),
  retryAfter("garbage", "soon\u00e4"),
  retryAfter("past", "Thu, 01 Jan 1970 00:00:00 GMT"),
  retryAfter("far-off", "Fri, 31 Dec 9999 23:59:59 GMT"),
  retryAfter("twice", "1", "2"),
];
