/** The parts of an answer → bytes on a socket: whole, slowly, or without end. */
import type { Socket } from "node:net";
import { defaultMaxResponseBytes } from "../../../runner/cli/target/find-target.ts";
import type { HostileResponse } from "./behaviour.ts";

/** A little less than what is read of an answer, a number with many divisors, and a little more. */
export const almostTooLarge = Math.floor(defaultMaxResponseBytes / 240) * 240 - 240 * 256;
export const tooLarge = defaultMaxResponseBytes + 64 * 1024;

type Pairs = readonly (readonly [string, string])[];

/** Status line and headers as they stand, with the empty line; `status` may be any text. */
export const head = (status: number | string, headers: Pairs): string =>
  `HTTP/1.1 ${typeof status === "number" ? `${status} X` : status}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join("")}\r\n`;

/** A whole answer with the length that it has. Text is UTF-8, but in headers one byte a character. */
export function message(status: number | string, headers: Pairs, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string);
  const length = ["content-length", String(bytes.length)] as const;
  return Buffer.concat([Buffer.from(head(status, [...headers, length]), "latin1"), bytes]);
}

export const verbatim = ({ status, headers, body }: HostileResponse): Buffer => message(status, headers, body);

/** With other headers besides. */
export const withHeaders = ({ status, headers, body }: HostileResponse, more: Pairs): Buffer =>
  message(status, [...headers, ...more], body);

export const withBody = ({ status, headers }: HostileResponse, body: string | Buffer): Buffer =>
  message(status, headers, body);

/** Further members in the outermost object of a body; text of JSON. */
export function wrapBody(body: Buffer | string, members: string): string {
  const text = body.toString() || "{}";
  return `${text.slice(0, -1)}${text.length > 2 ? "," : ""}${members}}`;
}

/** In place of the headers of that name. */
export const replaceBody = ({ headers }: HostileResponse, more: Pairs): Pairs => [
  ...headers.filter(([name]) => !more.some(([n]) => n.toLowerCase() === name.toLowerCase())),
  ...more,
];

/** As is, framed by the end of the connection. */
export function untilClosed(socket: Socket, { status, headers, body }: HostileResponse): void {
  socket.end(Buffer.concat([Buffer.from(head(status, [...headers, ["connection", "close"]]), "latin1"), body]));
}

/** One byte after the other, so that no client that has a deadline sees the end. */
export function sendSlowly(socket: Socket, bytes: Buffer, from: number): void {
  let at = from;
  socket.write(bytes.subarray(0, from));
  const clock = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) return clearInterval(clock);
    socket.write(bytes.subarray(at, ++at));
  }, 100);
  socket.once("close", () => clearInterval(clock));
}

/** The same again and again, as fast as it is taken. */
export function sendAll(socket: Socket, first: string | Buffer, again: string | Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(again));
  };
  socket.on("drain", more);
  socket.write(first);
  more();
}
