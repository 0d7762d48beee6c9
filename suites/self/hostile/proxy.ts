/** A TCP server in front of the emulator: it delivers the emulator's responses as a hostile behaviour prescribes. */
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { EmulatorServer } from "../../../runner/emulator/server.ts";
import type { HttpRequest } from "../../../runner/model/index.ts";
import type { Delivery, EnvelopeKind, HostileBehaviour, OriginalResponse } from "./behaviour.ts";
import { unmodified } from "./raw-response.ts";

/** What determines whether the behaviour is active for a request. */
export interface ProxiedRequest {
  readonly action: string;
  /** The read-only preflight call by which a run finds out whether the service answers. */
  readonly ping: boolean;
  readonly refused: boolean;
  /** Number of the request over all connections, from 0. */
  readonly index: number;
}

export interface HostileProxy {
  readonly url: string;
  /** Number of responses or connections for which the behaviour was active. */
  activeCount(): number;
  close(): Promise<void>;
}

interface ProxyOptions {
  /** The emulator of this process: a connection to it would take as long as the one to the client. */
  readonly respond: NonNullable<EmulatorServer["respond"]>;
  readonly behaviour: HostileBehaviour;
  readonly isActive: (request: ProxiedRequest) => boolean;
  readonly redirectUrl: string;
}

export async function startHostileProxy({
  respond,
  behaviour,
  isActive,
  redirectUrl,
}: ProxyOptions): Promise<HostileProxy> {
  const sockets = new Set<Socket>();
  const delayed: Delivery[] = [];
  let requestCount = 0;
  let activeCount = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    if (behaviour.onConnect) {
      activeCount++;
      behaviour.onConnect(socket);
      return;
    }
    let requestNumber = 0;
    onEachRequest(socket, (request) => {
      const index = requestCount++;
      const response = originalResponse(respond, request);
      if (socket.destroyed) return;
      requestNumber++;
      if (!isActive({ ...actionAndPing(request), refused: response.refused, index }))
        return void socket.write(unmodified(response));
      activeCount++;
      behaviour.deliver({ socket, response, request, requestNumber, redirectUrl, delayed });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    activeCount: () => activeCount,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Calls `each` with every complete request, in order. */
function onEachRequest(socket: Socket, each: (request: Buffer) => void): void {
  let received: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let end = endOfFirstRequest(received); end > 0 && end <= received.length; end = endOfFirstRequest(received)) {
      each(received.subarray(0, end));
      received = received.subarray(end);
    }
  });
}

function endOfFirstRequest(bytes: Buffer): number {
  const head = bytes.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  return head + 4 + Number(headerOf(bytes, "content-length") ?? 0);
}

function headerOf(request: Buffer, name: string): string | undefined {
  const head = request.toString("latin1", 0, request.indexOf("\r\n\r\n"));
  return new RegExp(`^${name}: *([^\r\n]*)`, "im").exec(head)?.[1];
}

function actionAndPing(request: Buffer): { action: string; ping: boolean } {
  const path = request.toString("latin1", 0, request.indexOf("\r\n")).split(" ")[1] ?? "";
  const target = headerOf(request, "x-amz-target")?.split(".").at(-1);
  const action = headerOf(request, "x-tc-action") ?? target ?? path.split("?")[0]?.split("/").at(-1) ?? "";
  return { action, ping: request.includes("assay-ping") };
}

function envelopeOf(request: Buffer): EnvelopeKind {
  if (headerOf(request, "x-amz-date") !== undefined) return "aws";
  return request.toString("latin1", 0, 10).includes(" /v4/") ? "im" : "cloud";
}

/** Headers that frame the body; each delivery writes its own. */
const framingHeaders = new Set(["content-length", "transfer-encoding", "connection", "keep-alive"]);

function originalResponse(respond: ProxyOptions["respond"], request: Buffer): OriginalResponse {
  const response = respond(toHttpRequest(request));
  const { status } = response;
  const headers = Object.entries(response.headers).filter(([name]) => !framingHeaders.has(name.toLowerCase()));
  const body = Buffer.from(response.body);
  const envelope = envelopeOf(request);
  return { status, headers, body, envelope, refused: isRefused(envelope, status, body) };
}

function toHttpRequest(request: Buffer): HttpRequest {
  const head = request.toString("latin1", 0, request.indexOf("\r\n\r\n"));
  const [requestLine = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = requestLine.split(" ");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { method, path, headers, body: request.subarray(Buffer.byteLength(head, "latin1") + 4) };
}

function isRefused(envelope: EnvelopeKind, status: number, body: Buffer): boolean {
  if (envelope === "aws") return status !== 200;
  const parsed = JSON.parse(body.toString()) as { Response?: { Error?: unknown }; ErrorCode?: number };
  return envelope === "cloud" ? parsed.Response?.Error !== undefined : parsed.ErrorCode !== 0;
}
