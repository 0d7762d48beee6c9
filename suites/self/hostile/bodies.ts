/** Hostile bodies: not JSON, truncated, too large, wrongly encoded, wrongly chunked, or an error page of a gateway. */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import {
  allActivations,
  type Delivery,
  type ExpectedVerdict,
  exceptRefusals,
  expectFailed,
  expectIndeterminate,
  expectPassed,
  type HostileBehaviour,
  onlyAlways,
} from "./behaviour.ts";
import {
  ABOVE_MAX_BODY_BYTES,
  appendMembers,
  BELOW_MAX_BODY_BYTES,
  head,
  replaceBody,
  replaceHeaders,
  responseBytes,
  sendEndlessly,
} from "./raw-response.ts";

/** The response with another body. */
const body = (
  id: string,
  expected: HostileBehaviour["expected"],
  makeBody: (body: Buffer) => string | Buffer,
): HostileBehaviour => ({
  id: `body/${id}`,
  expected,
  deliver: ({ socket, response }) => void socket.write(replaceBody(response, makeBody(response.body))),
});

/** An HTML page, as of a gateway in between. */
const page = (
  id: string,
  expected: ExpectedVerdict,
  status: number,
  extraHeaders: readonly (readonly [string, string])[] = [],
): HostileBehaviour => ({
  id: `body/${id}`,
  expected,
  deliver: ({ socket }) =>
    void socket.write(
      responseBytes(status, [["content-type", "text/html"], ...extraHeaders], "<!doctype html><title>It works</title>"),
    ),
});

/** A chunked response with this raw body; status and headers are those of the emulator. */
const chunked = (id: string, expected: ExpectedVerdict, chunks: (body: Buffer) => string): HostileBehaviour => ({
  id: `body/chunked-${id}`,
  expected,
  deliver: (delivery) =>
    void delivery.socket.write(Buffer.from(chunkedHead(delivery) + chunks(delivery.response.body), "latin1")),
});

const chunkedHead = ({ response }: Delivery): string =>
  head(response.status, [...response.headers, ["transfer-encoding", "chunked"]]);

const chunk = (bytes: Buffer, size = bytes.length): string => `${size.toString(16)}\r\n${bytes.toString("latin1")}\r\n`;

const encoded = (id: string, encoding: string, makeBody: (body: Buffer) => Buffer): HostileBehaviour => ({
  id: `body/${id}`,
  expected: expectFailed,
  deliver: ({ socket, response }) =>
    void socket.write(
      responseBytes(
        response.status,
        replaceHeaders(response, [["content-encoding", encoding]]),
        makeBody(response.body),
      ),
    ),
});

/** 512 MiB of blanks. A gzip file may have several members; compressing one takes milliseconds, compressing all at once seconds. */
const gzipBomb = (): Buffer => Buffer.concat(Array(512).fill(gzipSync(Buffer.alloc(1024 * 1024, 0x20))));

const retryAfter = (id: string, ...values: readonly string[]): HostileBehaviour =>
  page(
    `429-retry-after-${id}`,
    expectIndeterminate,
    429,
    values.map((value) => ["retry-after", value]),
  );

/** No page of AWS requires a member of a response. */
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
  body("nul-inside", expectFailed, (b) => appendMembers(b, '"x":"a\0b"')),
  body("nan", expectFailed, (b) => appendMembers(b, '"x":NaN')),
  body("comment", expectFailed, (b) => `/* ok */${b}`),
  body("jsonp", expectFailed, (b) => `callback(${b});`),
  body("xml", expectFailed, () => "<Response><RequestId>r</RequestId></Response>"),
  body("10000-deep", expectFailed, () => nested(10_000)),
  body("1000000-deep", expectFailed, () => nested(1_000_000)),
  body("1000000-deep-unclosed", expectFailed, () => "[".repeat(1_000_000)),
  body("large-of-blanks", expectPassed, (b) => Buffer.concat([Buffer.alloc(BELOW_MAX_BODY_BYTES, 0x20), b])),
  body("too-large", expectFailed, (b) => Buffer.concat([Buffer.alloc(ABOVE_MAX_BODY_BYTES, 0x20), b])),
  body("large-of-lists", expectFailed, (b) => appendMembers(b, `"x":[${"[],".repeat(BELOW_MAX_BODY_BYTES / 3)}[]]`)),
  body("large-of-members", expectFailed, (b) =>
    appendMembers(b, `"x":[${'{"a":0},'.repeat(BELOW_MAX_BODY_BYTES / 8)}{}]`),
  ),
  body("large-of-escapes", expectPassed, (b) =>
    appendMembers(b, `"x":"${"\\u001b".repeat(BELOW_MAX_BODY_BYTES / 6)}"`),
  ),
  body("large-of-digits", expectPassed, (b) => appendMembers(b, `"x":${"1".repeat(BELOW_MAX_BODY_BYTES)}`)),
  {
    id: "body/endless",
    expected: expectFailed,
    activations: exceptRefusals,
    deliver: ({ socket, response }) =>
      sendEndlessly(socket, head(response.status, response.headers), Buffer.alloc(64 * 1024, 0x20)),
  },
  {
    id: "body/endless-chunked",
    expected: expectFailed,
    deliver: (delivery) => sendEndlessly(delivery.socket, chunkedHead(delivery), chunk(Buffer.alloc(64 * 1024, 0x20))),
  },
  {
    // The body limit or the timeout comes first, depending on the speed.
    id: "body/endless-chunks-of-one-byte",
    activations: onlyAlways,
    expected: { accepted: ["failed", "indeterminate"], refused: ["failed", "indeterminate"] },
    deliver: (delivery) => sendEndlessly(delivery.socket, chunkedHead(delivery), "1\r\n \r\n".repeat(10_000)),
  },
  {
    id: "body/endless-trailers",
    expected: expectIndeterminate,
    activations: onlyAlways,
    deliver: (delivery) =>
      sendEndlessly(
        delivery.socket,
        `${chunkedHead(delivery) + chunk(delivery.response.body)}0\r\n`,
        "x-trailer: and more\r\n".repeat(1000),
      ),
  },
  {
    id: "body/endless-chunk-extension",
    expected: expectIndeterminate,
    endsByTimeout: true,
    deliver: (delivery) => sendEndlessly(delivery.socket, `${chunkedHead(delivery)}1;`, "x".repeat(64 * 1024)),
  },
  chunked("well", expectPassed, (b) => `${chunk(b)}0\r\n\r\n`),
  chunked("byte-by-byte", expectPassed, (b) => `${[...b].map((byte) => chunk(Buffer.from([byte]))).join("")}0\r\n\r\n`),
  chunked("size-too-small", expectIndeterminate, (b) => `${chunk(b, b.length - 1)}0\r\n\r\n`),
  chunked("size-too-large", expectIndeterminate, (b) => `${chunk(b, b.length + 1)}0\r\n\r\n`),
  chunked("size-in-words", expectIndeterminate, (b) => `many\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-negative", expectIndeterminate, (b) => `-1\r\n${b}\r\n0\r\n\r\n`),
  chunked("size-beyond-64-bits", expectIndeterminate, (b) => `fffffffffffffffff\r\n${b}\r\n0\r\n\r\n`),
  chunked("garbage-behind", expectPassed, (b) => `${chunk(b)}0\r\n\r\ngarbage`),
  { ...chunked("without-end", expectIndeterminate, (b) => chunk(b)), endsByTimeout: true },
  encoded("gzip", "gzip", gzipSync),
  encoded("gzip-bomb", "gzip", gzipBomb),
  encoded("deflate", "deflate", deflateSync),
  encoded("brotli", "br", brotliCompressSync),
  encoded("gzip-in-name-only", "gzip", (b) => b),
  encoded("encoding-unknown", "x-rot13", (b) => b),
  { ...encoded("identity", "identity", (b) => b), expected: expectPassed },
  { ...page("html-200", expectFailed, 200), activations: allActivations },
  page("html-400", expectFailed, 400),
  page("html-403", expectFailed, 403),
  page("html-404", expectFailed, 404),
  ...[407, 408].map((status) => page(`html-${status}`, expectIndeterminate, status)),
  // The service itself failed: gateways have other statuses.
  page("html-500", expectFailed, 500),
  ...[501, 502, 503, 504, 520, 599].map((status) => page(`html-${status}`, expectIndeterminate, status)),
  { ...page("html-503-often", expectIndeterminate, 503), activations: allActivations },
  {
    id: "body/503-without-a-body",
    expected: expectIndeterminate,
    deliver: ({ socket }) => void socket.write(responseBytes(503, [], "")),
  },
  {
    id: "body/503-with-a-gateway's-json",
    expected: expectIndeterminate,
    deliver: ({ socket }) =>
      void socket.write(
        responseBytes(503, [["content-type", "application/json"]], '{"message":"Service Unavailable"}'),
      ),
  },
  {
    id: "body/503-half-an-envelope",
    expected: expectIndeterminate,
    deliver: ({ socket }) => void socket.write(responseBytes(503, [], '{"Response":{"Err')),
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
