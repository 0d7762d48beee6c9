/** The reference emulator as an HTTP server: requests → the pipeline → responses in the envelope of each service. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { HttpRequest } from "../model/index.ts";
import { registerOverlap, trackCall } from "./concurrent-calls.ts";
import { createEmulator, type Emulator, finish, handle, respond } from "./emulator.ts";
import { countsOf } from "./emulator-state.ts";
import type { ForcedCode, ForcedCodes } from "./forced-codes.ts";
import { MAX_BODY_BYTES } from "./pipeline/request-shape.ts";
import { readRequest } from "./read-request.ts";
import type { RequestContext } from "./request-context.ts";
import type { EmulatorResponse, EmulatorServer, ServerOptions } from "./server-types.ts";
import { credentials, providedResources } from "./test-credentials.ts";
import { peakPerSecond, throttledCount } from "./traffic.ts";
import { deliver } from "./variants/response-delivery.ts";

export type { EmulatorServer, ServerOptions };

/** Called with each request and its response. `oversize`: the body was too long and is empty. */
export type OnRequest = (request: HttpRequest, response: EmulatorResponse, oversize: boolean) => void;

/**
 * Listens on loopback with a fresh state. `forcedCodes`: of the first calls of some actions.
 * @throws where a fault or a variant is unknown, or the port is taken.
 */
export async function startEmulatorServer(
  options: ServerOptions & { readonly forcedCodes?: readonly ForcedCode[]; readonly onRequest?: OnRequest },
): Promise<EmulatorServer & { readonly forcedCodes: ForcedCodes }> {
  const { specs, port = 0, host = "127.0.0.1", strict = false, enforceRateLimits = false } = options;
  const { faults = [], variants = [], now = Date.now, requestId = randomUUID, forcedCodes = [], onRequest } = options;
  const emulator = createEmulator({ specs, strict, faults, variants, now, requestId, enforceRateLimits, forcedCodes });
  // Node counts the query as headers. A query over the documented 32 KB is refused in the envelope, so Node must let it pass.
  const server = createServer({ maxHeaderSize: 512 * 1024, keepAliveTimeout: 60_000 }, (request, response) =>
    receive(emulator, request, response, onRequest),
  );
  server.on("clientError", respondBadRequest);
  await listen(server, port, host);
  const actualPort = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actualPort}`,
    port: actualPort,
    state: () => countsOf(emulator.state),
    peakPerSecond: () => peakPerSecond(emulator.state.traffic),
    leniencies: () => Object.fromEntries(emulator.state.leniencies.counts),
    forcedCodes: emulator.state.forcedCodes,
    throttled: () => throttledCount(emulator.state.traffic),
    provided: providedResources,
    credentials,
    respond:
      emulator.delivery || emulator.holdsResponses ? undefined : (request) => respondInProcess(emulator, request),
    close: () => close(server),
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Bytes that are not HTTP do not identify a service, so the response has no envelope. */
function respondBadRequest(_error: Error, socket: Socket): void {
  if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** A longer body closes the connection: its end is not waited for. */
const MAX_DISCARDED_BYTES = 8 * MAX_BODY_BYTES;

function receive(
  emulator: Emulator,
  incoming: IncomingMessage,
  response: ServerResponse,
  onRequest: OnRequest = () => undefined,
): void {
  const { state, behaviour, delivery, holdsResponses } = emulator;
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (size > MAX_DISCARDED_BYTES) incoming.destroy();
  });
  // The client closed the connection in the middle of its request and will not read a response.
  incoming.on("error", () => response.destroy());
  incoming.on("end", () => {
    response.setHeader("Date", httpDate(state.now()));
    const oversize = size > MAX_BODY_BYTES;
    const body = oversize ? Buffer.alloc(0) : chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    const request = toRequest(incoming, body);
    if (holdsResponses)
      return respondLater(readRequest(state, behaviour, request, oversize), response, (content) =>
        onRequest(request, content, oversize),
      );
    const content = respond(emulator, request, oversize);
    onRequest(request, content, oversize);
    if (delivery) void deliver(delivery, response, content);
    else write(response, content);
  });
}

/** The same response as over HTTP, with the headers that the server adds. */
function respondInProcess(emulator: Emulator, request: HttpRequest): EmulatorResponse {
  const bytes = Buffer.from(request.body);
  const oversize = bytes.length > MAX_BODY_BYTES;
  const { method, path, headers } = request;
  const body = oversize ? Buffer.alloc(0) : bytes;
  const response = respond(emulator, { method, path, headers, body }, oversize);
  const length = String(Buffer.byteLength(response.body));
  return {
    ...response,
    headers: { Date: httpDate(emulator.state.now()), ...response.headers, "Content-Length": length },
  };
}

/** The Date header, by the clock that also decides whether a signature has expired. */
function httpDate(now: number): string {
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

/** Executes the call at once and delays its response, so that a call sent at the same time overlaps with it. */
function respondLater(
  context: RequestContext,
  response: ServerResponse,
  onResponse: (content: EmulatorResponse) => void,
): void {
  const { concurrentCalls } = context.emulator;
  registerOverlap(concurrentCalls, context);
  handle(context);
  const releaseCall = trackCall(concurrentCalls, context);
  setTimeout(() => {
    releaseCall();
    const content = finish(context);
    onResponse(content);
    write(response, content);
  }, context.behaviour.holdMs(context));
}

function write(response: ServerResponse, { status, headers, body }: EmulatorResponse): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.end(bytes);
}
