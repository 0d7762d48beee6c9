/** The reference server: HTTP requests → the stages → answers in the voice of each service. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Credentials, HttpRequest, Json } from "../model/index.ts";
import type { Specs } from "../spec/load.ts";
import { registerOverlap, trackCall } from "./concurrent-calls.ts";
import { countsOf, createEmulatorState, type EmulatorState } from "./emulator-state.ts";
import { applyResponseFaults, responseHoldMs } from "./faults/fault.ts";
import { findFaults } from "./faults/index.ts";
import { runPipeline } from "./pipeline/index.ts";
import { peakPerSecond, throttledCount } from "./pipeline/rate-limit.ts";
import { bodyLimit } from "./pipeline/request-shape.ts";
import { type RequestContext, readRequest, refuse } from "./request-context.ts";
import { buildResponse, type EmulatorResponse } from "./response.ts";
import { credentials, providedResources } from "./test-credentials.ts";
import { findVariants } from "./variants/index.ts";
import { type DeliveryOptions, deliver } from "./variants/response-delivery.ts";
import { applyResponseVariants } from "./variants/variant.ts";

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
  readonly peakPerSecond: () => Record<string, number>;
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
  const world = createEmulatorState({
    specs,
    strict,
    faults: findFaults(options.faults ?? []),
    twins: findVariants(options.twins ?? []),
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
    peakPerSecond: () => peakPerSecond(world.traffic),
    throttled: () => throttledCount(world.traffic),
    given: providedResources,
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
const MAX_DISCARDED_BYTES = 8 * bodyLimit;

function receive(world: EmulatorState, incoming: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else if (size > MAX_DISCARDED_BYTES) incoming.destroy();
  });
  // A client that goes away in the middle takes its answer with it.
  incoming.on("error", () => response.destroy());
  incoming.on("end", () => {
    response.setHeader("Date", dateOf(world.now()));
    const oversize = size > bodyLimit;
    const body = oversize ? Buffer.alloc(0) : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const request = toRequest(incoming, body);
    if (world.faults.some((f) => f.holdMs !== undefined))
      return respondLater(readRequest(world, request, oversize), response);
    const answer = respond(world, request, oversize);
    const manner = mannerOf(world);
    if (manner) void deliver(manner, response, answer);
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

/** What the twins do with a connection, all together. */
const mannerOf = ({ twins }: EmulatorState): DeliveryOptions | undefined =>
  twins.some((t) => t.manner) ? Object.assign({}, ...twins.map((t) => t.manner)) : undefined;

function toRequest({ method = "GET", url = "/", rawHeaders }: IncomingMessage, body: Buffer): HttpRequest {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return { method, path: url, headers, body };
}

/** The whole way of one request, without a socket. */
export function respond(world: EmulatorState, request: HttpRequest, oversize = false): EmulatorResponse {
  const context = readRequest(world, request, oversize);
  handle(context);
  return buildFinalResponse(context);
}

function handle(context: RequestContext): void {
  try {
    runPipeline(context);
  } catch (error) {
    internalError(context, error as Error);
  }
}

function buildFinalResponse(context: RequestContext): EmulatorResponse {
  try {
    return applyResponseVariants(applyResponseFaults(buildResponse(context), context), context);
  } catch (error) {
    return buildResponse(internalError(context, error as Error));
  }
}

/** Its work is done at once and its answer waits, so that a call sent at the same time meets it. */
function respondLater(context: RequestContext, response: ServerResponse): void {
  const { flights } = context.world;
  registerOverlap(flights, context);
  handle(context);
  const releaseCall = trackCall(flights, context);
  setTimeout(() => {
    releaseCall();
    write(response, buildFinalResponse(context));
  }, responseHoldMs(context));
}

/** A mistake of the emulator itself is told in the envelope, too. */
function internalError(context: RequestContext, { message }: Error): RequestContext {
  context.refused = refuse(context, context.codes.internal, { says: `The emulator failed: ${message}` });
  return context;
}

function write(response: ServerResponse, { status, headers, body }: EmulatorResponse): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.end(bytes);
}
