/** The reference server: HTTP requests → the stages → answers in the voice of each service. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Credentials, HttpRequest, Json } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import { meet, takeOff } from "./concurrent-calls.ts";
import { countsOf, newWorld, type World } from "./emulator-state.ts";
import { answerThroughFaults, holdOf } from "./faults/fault.ts";
import { faultsNamed } from "./faults/index.ts";
import { pass } from "./pipeline/index.ts";
import { busiestOf, throttledOf } from "./pipeline/rate-limit.ts";
import { bodyLimit } from "./pipeline/request-shape.ts";
import { type Context, contextOf, refuse } from "./request-context.ts";
import { type Answer, answerOf } from "./response.ts";
import { credentials, given } from "./test-credentials.ts";
import { twinsNamed } from "./variants/index.ts";
import { type Manner, writeAs } from "./variants/response-delivery.ts";
import { answerThroughTwins } from "./variants/variant.ts";

export interface EmulatorOptions {
  readonly specs: Pick<Specs, "services">;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  readonly host?: string;
  /** Forgives real clients nothing. */
  readonly strict?: boolean;
  /** Ids of the deviations to have. */
  readonly faults?: readonly string[];
  /** Ids of the freedoms to use. */
  readonly twins?: readonly string[];
  /** Refuses calls beyond the documented pace of their action. */
  readonly pace?: boolean;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly requestId?: () => string;
}

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** How much each service holds. */
  readonly state: () => Record<string, Record<string, number>>;
  /** The most calls of each action within any one second, throttled ones included; only those that were believed. */
  readonly busiest: () => Record<string, number>;
  /** How many calls were refused because they were too many. */
  readonly throttled: () => number;
  /** By need. */
  readonly given: Readonly<Record<string, Json>>;
  /** By prefix of an action's id, the longest wins. */
  readonly credentials: Readonly<Record<string, Credentials>>;
  readonly close: () => Promise<void>;
}

/**
 * Listens on loopback with a fresh state.
 * @throws where a fault or a twin is unknown, or the port is taken.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { specs, port = 0, host = "127.0.0.1", strict = false, pace = false } = options;
  const { now = Date.now, requestId = randomUUID } = options;
  const world = newWorld({
    specs,
    strict,
    faults: faultsNamed(options.faults ?? []),
    twins: twinsNamed(options.twins ?? []),
    now,
    requestId,
    pace,
  });
  // A query may have 32 KB and is refused in its envelope beyond that, so headers may be larger.
  const server = createServer({ maxHeaderSize: 512 * 1024, keepAliveTimeout: 60_000 }, (request, response) =>
    receive(world, request, response),
  );
  server.on("clientError", unreadable);
  await listening(server, port, host);
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${at}`,
    port: at,
    state: () => countsOf(world),
    busiest: () => busiestOf(world.traffic),
    throttled: () => throttledOf(world.traffic),
    given,
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
const patience = 8 * bodyLimit;

function receive(world: World, incoming: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else if (size > patience) incoming.destroy();
  });
  // A client that goes away in the middle takes its answer with it.
  incoming.on("error", () => response.destroy());
  incoming.on("end", () => {
    response.setHeader("Date", dateOf(world.now()));
    const oversize = size > bodyLimit;
    const body = oversize ? Buffer.alloc(0) : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const request = toRequest(incoming, body);
    if (world.faults.some((f) => f.hold !== undefined)) return heldBack(contextOf(world, request, oversize), response);
    const answer = answerTo(world, request, oversize);
    const manner = mannerOf(world);
    if (manner) void writeAs(manner, response, answer);
    else write(response, answer);
  });
}

/** The clock that judges signatures is the one that answers tell. */
function dateOf(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== told.second) told = { second, text: new Date(second * 1000).toUTCString() };
  return told.text;
}

let told = { second: Number.NaN, text: "" };

/** What the twins do with a connection, all together. */
const mannerOf = ({ twins }: World): Manner | undefined =>
  twins.some((t) => t.manner) ? Object.assign({}, ...twins.map((t) => t.manner)) : undefined;

function toRequest({ method = "GET", url = "/", rawHeaders }: IncomingMessage, body: Buffer): HttpRequest {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return { method, path: url, headers, body };
}

/** The whole way of one request, without a socket. */
export function answerTo(world: World, request: HttpRequest, oversize = false): Answer {
  const context = contextOf(world, request, oversize);
  handle(context);
  return voice(context);
}

function handle(context: Context): void {
  try {
    pass(context);
  } catch (error) {
    broken(context, error as Error);
  }
}

function voice(context: Context): Answer {
  try {
    return answerThroughTwins(answerThroughFaults(answerOf(context), context), context);
  } catch (error) {
    return answerOf(broken(context, error as Error));
  }
}

/** Its work is done at once and its answer waits, so that a call sent at the same time meets it. */
function heldBack(context: Context, response: ServerResponse): void {
  const { flights } = context.world;
  meet(flights, context);
  handle(context);
  const land = takeOff(flights, context);
  setTimeout(() => {
    land();
    write(response, voice(context));
  }, holdOf(context));
}

/** A mistake of the emulator itself is told in the envelope, too. */
function broken(context: Context, { message }: Error): Context {
  context.refused = refuse(context, context.codes.internal, { says: `The emulator failed: ${message}` });
  return context;
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.end(bytes);
}
