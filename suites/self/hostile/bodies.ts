/** Hostile bodies: no JSON, half of it, too much, wrongly coded, wrongly cut, or somebody else's page. */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { type Behaviour, type Comes, everywhere, fine, lost, most, once, type Telling, wrong } from "./behaviour.ts";
import { head, inside, instead, message, nearly, pour, tooLarge, withBody } from "./raw-response.ts";

/** The answer with another body. */
const body = (id: string, comes: Behaviour["comes"], make: (body: Buffer) => string | Buffer): Behaviour => ({
  id: `body/${id}`,
  comes,
  tell: ({ socket, answer }) => void socket.write(withBody(answer, make(answer.body))),
});

/** A page of somebody on the way. */
const page = (
  id: string,
  comes: Comes,
  status: number,
  more: readonly (readonly [string, string])[] = [],
): Behaviour => ({
  id: `body/${id}`,
  comes,
  tell: ({ socket }) =>
    void socket.write(
      message(status, [["content-type", "text/html"], ...more], "<!doctype html><title>It works</title>"),
    ),
});

/** Sent in chunks as they stand; the type is that of the answer. */
const chunked = (id: string, comes: Comes, chunks: (body: Buffer) => string): Behaviour => ({
  id: `body/chunked-${id}`,
  comes,
  tell: (t) => void t.socket.write(Buffer.from(chunkedHead(t) + chunks(t.answer.body), "latin1")),
});

const chunkedHead = ({ answer }: Telling): string =>
  head(answer.status, [...answer.headers, ["transfer-encoding", "chunked"]]);

const chunk = (of: Buffer, size = of.length): string => `${size.toString(16)}\r\n${of.toString("latin1")}\r\n`;

const encoded = (id: string, how: string, make: (body: Buffer) => Buffer): Behaviour => ({
  id: `body/${id}`,
  comes: wrong,
  tell: ({ socket, answer }) =>
    void socket.write(message(answer.status, instead(answer, [["content-encoding", how]]), make(answer.body))),
});

/** Made once; it is the same for everyone. */
let bomb: Buffer | undefined;
const gzipBomb = (): Buffer => {
  bomb ??= gzipSync(Buffer.alloc(512 * 1024 * 1024, 0x20));
  return bomb;
};

const retryAfter = (id: string, ...values: readonly string[]): Behaviour =>
  page(
    `429-retry-after-${id}`,
    lost,
    429,
    values.map((value) => ["retry-after", value]),
  );

/** No page says that an answer of AWS has to hold anything. */
const emptyOfAws: Comes = { accepted: ["passed"], refused: ["failed"] };

const nested = (levels: number) => `{"Response":${"[".repeat(levels)}${"]".repeat(levels)}}`;

export const bodies: readonly Behaviour[] = [
  body("empty", { cloud: wrong, im: wrong, aws: emptyOfAws }, () => ""),
  body("blank", wrong, () => " \r\n\t"),
  body("half", wrong, (b) => b.subarray(0, b.length / 2)),
  body("without-its-last-byte", wrong, (b) => b.subarray(0, -1)),
  body("twice", wrong, (b) => Buffer.concat([b, b])),
  body("text-behind", wrong, (b) => `${b}<!-- served by cache 7 -->`),
  body("invalid-utf-8", wrong, (b) =>
    Buffer.concat([b.subarray(0, -1), Buffer.from(',"x":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ),
  body("byte-order-mark", wrong, (b) => `\ufeff${b}`),
  body("utf-16", wrong, (b) => Buffer.from(`\ufeff${b}`, "utf16le")),
  body("utf-16-without-mark", wrong, (b) => Buffer.from(b.toString(), "utf16le")),
  body("nul-before", wrong, (b) => `\0${b}`),
  body("nul-behind", wrong, (b) => `${b}\0`),
  body("nul-inside", wrong, (b) => inside(b, '"x":"a\0b"')),
  body("nan", wrong, (b) => inside(b, '"x":NaN')),
  body("comment", wrong, (b) => `/* ok */${b}`),
  body("jsonp", wrong, (b) => `callback(${b});`),
  body("xml", wrong, () => "<Response><RequestId>r</RequestId></Response>"),
  body("10000-deep", wrong, () => nested(10_000)),
  body("1000000-deep", wrong, () => nested(1_000_000)),
  body("1000000-deep-unclosed", wrong, () => "[".repeat(1_000_000)),
  body("large-of-blanks", fine, (b) => Buffer.concat([Buffer.alloc(nearly, 0x20), b])),
  body("too-large", wrong, (b) => Buffer.concat([Buffer.alloc(tooLarge, 0x20), b])),
  body("large-of-lists", wrong, (b) => inside(b, `"x":[${"[],".repeat(nearly / 3)}[]]`)),
  body("large-of-members", wrong, (b) => inside(b, `"x":[${'{"a":0},'.repeat(nearly / 8)}{}]`)),
  body("large-of-escapes", fine, (b) => inside(b, `"x":"${"\\u001b".repeat(nearly / 6)}"`)),
  body("large-of-digits", fine, (b) => inside(b, `"x":${"1".repeat(nearly)}`)),
  {
    id: "body/endless",
    comes: wrong,
    whens: most,
    tell: ({ socket, answer }) => pour(socket, head(answer.status, answer.headers), Buffer.alloc(64 * 1024, 0x20)),
  },
  {
    id: "body/endless-chunked",
    comes: wrong,
    tell: (t) => pour(t.socket, chunkedHead(t), chunk(Buffer.alloc(64 * 1024, 0x20))),
  },
  {
    // Faster than the client, it is cut at the cap; slower, its time is up first.
    id: "body/endless-chunks-of-one-byte",
    whens: once,
    comes: { accepted: ["failed", "indeterminate"], refused: ["failed", "indeterminate"] },
    tell: (t) => pour(t.socket, chunkedHead(t), "1\r\n \r\n".repeat(10_000)),
  },
  {
    id: "body/endless-trailers",
    comes: lost,
    whens: once,
    tell: (t) =>
      pour(t.socket, `${chunkedHead(t) + chunk(t.answer.body)}0\r\n`, "x-trailer: and more\r\n".repeat(1000)),
  },
  {
    id: "body/endless-chunk-extension",
    comes: lost,
    waits: true,
    tell: (t) => pour(t.socket, `${chunkedHead(t)}1;`, "x".repeat(64 * 1024)),
  },
  chunked("well", fine, (b) => `${chunk(b)}0\r\n\r\n`),
  chunked("byte-by-byte", fine, (b) => `${[...b].map((byte) => chunk(Buffer.from([byte]))).join("")}0\r\n\r\n`),
  chunked("size-too-small", lost, (b) => `${chunk(b, b.length - 1)}0\r\n\r\n`),
  chunked("size-too-large", lost, (b) => `${chunk(b, b.length + 1)}0\r\n\r\n`),
  chunked("size-in-words", lost, (b) => `many\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-negative", lost, (b) => `-1\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-beyond-64-bits", lost, (b) => `fffffffffffffffff\r\n${b}\r\n0\r\n\r\n`),
  chunked("garbage-behind", fine, (b) => `${chunk(b)}0\r\n\r\ngarbage`),
  { ...chunked("without-end", lost, (b) => chunk(b)), waits: true },
  encoded("gzip", "gzip", gzipSync),
  encoded("gzip-bomb", "gzip", gzipBomb),
  encoded("deflate", "deflate", deflateSync),
  encoded("brotli", "br", brotliCompressSync),
  encoded("gzip-in-name-only", "gzip", (b) => b),
  encoded("encoding-unknown", "x-rot13", (b) => b),
  { ...encoded("identity", "identity", (b) => b), comes: fine },
  { ...page("html-200", wrong, 200), whens: everywhere },
  page("html-400", wrong, 400),
  page("html-403", wrong, 403),
  page("html-404", wrong, 404),
  ...[407, 408, 500, 501, 502, 503, 504, 520, 599].map((status) => page(`html-${status}`, lost, status)),
  { ...page("html-503-often", lost, 503), whens: everywhere },
  {
    id: "body/503-without-a-body",
    comes: lost,
    tell: ({ socket }) => void socket.write(message(503, [], "")),
  },
  {
    id: "body/503-with-a-gateway's-json",
    comes: lost,
    tell: ({ socket }) =>
      void socket.write(message(503, [["content-type", "application/json"]], '{"message":"Service Unavailable"}')),
  },
  {
    id: "body/503-half-an-envelope",
    comes: lost,
    tell: ({ socket }) => void socket.write(message(503, [], '{"Response":{"Err')),
  },
  page("429", lost, 429),
  retryAfter("0", "0"),
  retryAfter("negative", "-5"),
  retryAfter("huge", "99999999999999999999"),
  retryAfter("garbage", "soon\u00e4"),
  retryAfter("past", "Thu, 01 Jan 1970 00:00:00 GMT"),
  retryAfter("far-off", "Fri, 31 Dec 9999 23:59:59 GMT"),
  retryAfter("twice", "1", "2"),
];
