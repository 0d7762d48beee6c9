/** The parts of a response → bytes on a socket: at once, slowly, or endlessly. */
import type { Socket } from "node:net";
import { defaultMaxResponseBytes } from "../../../runner/cli/target/find-target.ts";
import type { OriginalResponse } from "./behaviour.ts";

/** Slightly below the maximum body size that the client reads, and a multiple of 240, so that it divides evenly into repeated pieces. */
export const BELOW_MAX_BODY_BYTES = Math.floor(defaultMaxResponseBytes / 240) * 240 - 240 * 256;
/** Slightly above the maximum body size that the client reads. */
export const ABOVE_MAX_BODY_BYTES = defaultMaxResponseBytes + 64 * 1024;

type Pairs = readonly (readonly [string, string])[];

/** Status line, headers and the empty line, without any validation; a `status` that is a text replaces code and reason. */
export const head = (status: number | string, headers: Pairs): string =>
  `HTTP/1.1 ${typeof status === "number" ? `${status} X` : status}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n`;

/** A complete response with its content-length. The body is UTF-8, headers are Latin-1. */
export function responseBytes(status: number | string, headers: Pairs, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string);
  const length = ["content-length", String(bytes.length)] as const;
  return Buffer.concat([Buffer.from(head(status, [...headers, length]), "latin1"), bytes]);
}

/** The response of the emulator without changes. */
export const unmodified = ({ status, headers, body }: OriginalResponse): Buffer => responseBytes(status, headers, body);

/** The response with additional headers. */
export const addHeaders = ({ status, headers, body }: OriginalResponse, extra: Pairs): Buffer =>
  responseBytes(status, [...headers, ...extra], body);

/** The response with another body. */
export const replaceBody = ({ status, headers }: OriginalResponse, body: string | Buffer): Buffer =>
  responseBytes(status, headers, body);

/** Appends members, as JSON text, to the outermost object of a body. */
export function appendMembers(body: Buffer | string, members: string): string {
  const text = body.toString() || "{}";
  return `${text.slice(0, -1)}${text.length > 2 ? "," : ""}${members}}`;
}

/** The headers of the response, with those of the same names replaced. */
export const replaceHeaders = ({ headers }: OriginalResponse, replacements: Pairs): Pairs => [
  ...headers.filter(([name]) => !replacements.some(([n]) => n.toLowerCase() === name.toLowerCase())),
  ...replacements,
];

/** Sends the response without a length; the end of the connection ends the body. */
export function sendUntilClosed(socket: Socket, { status, headers, body }: OriginalResponse): void {
  socket.end(Buffer.concat([Buffer.from(head(status, [...headers, ["connection", "close"]]), "latin1"), body]));
}

/** Sends all bytes from `from` on one by one, 100 ms apart, so that the client's timeout ends first. */
export function sendSlowly(socket: Socket, bytes: Buffer, from: number): void {
  let position = from;
  socket.write(bytes.subarray(0, from));
  const timer = setInterval(() => {
    if (socket.destroyed || position >= bytes.length) return clearInterval(timer);
    socket.write(bytes.subarray(position, ++position));
  }, 100);
  socket.once("close", () => clearInterval(timer));
}

/** Sends `first`, then `repeated` endlessly, as fast as the client reads. */
export function sendEndlessly(socket: Socket, first: string | Buffer, repeated: string | Buffer): void {
  const write = () => {
    while (!socket.destroyed && socket.write(repeated));
  };
  socket.on("drain", write);
  socket.write(first);
  write();
}
