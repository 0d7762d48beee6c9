/** The reference server: HTTP requests → the stages → answers in the voice of each service. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Credentials, HttpRequest, Json } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import { registerOverlap, trackCall } from "./concurrent-calls.ts";
import { createEmulator, type Emulator, finish, handle, respond } from "./emulator.ts";
import { countsOf } from "./emulator-state.ts";
import { MAX_BODY_BYTES } from "./pipeline/request-shape.ts";
import { readRequest } from "./read-request.ts";
import type { EmulatorResponse, RequestContext } from "./request-context.ts";
import { credentials, providedResources } from "./test-credentials.ts";
import { peakPerSecond, throttledCount } from "./traffic.ts";
import { deliver } from "./variants/response-delivery.ts";

export interface ServerOptions {
  readonly specs: Pick<Specs, "services">;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  readonly host?: string;
  /** Forgives real clients nothing. */
  readonly strict?: boolean;
  /** Ids of faults. */
  readonly faults?: readonly string[];
  /** Ids of variants. */
  readonly variants?: readonly string[];
  /** Refuses calls beyond the documented pace of their action. */
  readonly pace?: boolean;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly requestId?: () => string;
}

export interface EmulatorServer {
  readonly url: string;
  readonly port: number;
  /** How much each service holds. */
  readonly state: () => Record<string, Record<string, number>>;
  /** The most calls of each action within any one second, throttled ones included; only those that were believed. */
  readonly peakPerSecond: () => Record<string, number>;
  /** How many calls were refused because they were too many. */
  readonly throttled: () => number;
  /** By requirement: what a target would have to provide. */
  readonly provided: Readonly<Record<string, Json>>;
  /** By prefix of an action's id, the longest wins. */
  readonly credentials: Readonly<Record<string, Credentials>>;
  readonly close: () => Promise<void>;
}

/**
 * Listens on loopback with a fresh state.
 * @throws where a fault or a variant is unknown, or the port is taken.
 */
export async function startEmulatorServer(options: ServerOptions): Promise<EmulatorServer> {
  const { specs, port = 0, host = "127.0.0.1", strict = false, pace = false } = options;
  const { faults = [], variants = [], now = Date.now, requestId = randomUUID } = options;
  const emulator = createEmulator({ specs, strict, faults, variants, now, requestId, pace });
  // A query may have 32 KB and is refused in its envelope beyond that, so headers may be larger.
  const server = createServer({ maxHeaderSize: 512 * 1024, keepAliveTimeout: 60_000 }, (request, response) =>
    receive(emulator, request, response),
  );
  server.on("clientError", unreadable);
  await listening(server, port, host);
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${at}`,
    port: at,
    state: () => countsOf(emulator.state),
    peakPerSecond: () => peakPerSecond(emulator.state.traffic),
    throttled: () => throttledCount(emulator.state.traffic),
    provided: providedResources,
    credentials,
    close: () => closing(server),
  };
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const closing = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** What is not HTTP gets no envelope: nothing tells which service was meant. */
function unreadable(_error: Error, socket: Socket): void {
  if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** More of a body than this is not even waited for. */
const MAX_DISCARDED_BYTES = 8 * MAX_BODY_BYTES;

function receive(emulator: Emulator, incoming: IncomingMessage, response: ServerResponse): void {
  const { state, behaviour, delivery, holdsResponses } = emulator;
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (size > MAX_DISCARDED_BYTES) incoming.destroy();
  });
  // The client closed the connection in the middle of its request: nobody reads a response.
  incoming.on("error", () => response.destroy());
  incoming.on("end", () => {
    response.setHeader("Date", dateOf(state.now()));
    const oversize = size > MAX_BODY_BYTES;
    const body = oversize ? Buffer.alloc(0) : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const request = toRequest(incoming, body);
    if (holdsResponses) return respondLater(readRequest(state, behaviour, request, oversize), response);
    const answer = respond(emulator, request, oversize);
    if (delivery) void deliver(delivery, response, answer);
    else write(response, answer);
  });
}

/** The clock that judges signatures is the one that answers tell. */
function dateOf(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== dateCache.second) dateCache = { second, text: new Date(second * 1000).toUTCString() };
  return dateCache.text;
}

let dateCache = { second: Number.NaN, text: "" };

function toRequest({ method = "GET", url = "/", rawHeaders }: IncomingMessage, body: Buffer): HttpRequest {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return { method, path: url, headers, body };
}

/** The call is executed at once and its response waits, so that a call sent at the same time overlaps with it. */
function respondLater(context: RequestContext, response: ServerResponse): void {
  const { concurrentCalls } = context.emulator;
  registerOverlap(concurrentCalls, context);
  handle(context);
  const releaseCall = trackCall(concurrentCalls, context);
  setTimeout(() => {
    releaseCall();
    write(response, finish(context));
  }, context.behaviour.holdMs(context));
}

function write(response: ServerResponse, { status, headers, body }: EmulatorResponse): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.end(bytes);
}
