/** A TCP server in front of the emulator: it delivers the emulator's responses as a hostile behaviour prescribes. */
import { request as forward } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
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
  readonly emulatorUrl: string;
  readonly behaviour: HostileBehaviour;
  readonly isActive: (request: ProxiedRequest) => boolean;
  readonly redirectUrl: string;
}

export async function startHostileProxy({
  emulatorUrl,
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
      forwardToEmulator(emulatorUrl, request).then((response) => {
        if (socket.destroyed) return;
        requestNumber++;
        if (!isActive({ ...actionAndPing(request), refused: response.refused, index }))
          return void socket.write(unmodified(response));
        activeCount++;
        behaviour.deliver({ socket, response, request, requestNumber, redirectUrl, delayed });
      }, crash);
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

/** An error of this server must not count as hostile behaviour. */
function crash(error: unknown): never {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
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

function forwardToEmulator(emulatorUrl: string, request: Buffer): Promise<OriginalResponse> {
  const head = request.toString("latin1", 0, request.indexOf("\r\n\r\n"));
  const [requestLine = "", ...lines] = head.split("\r\n");
  const [method, path] = requestLine.split(" ");
  const headers = lines.flatMap((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
  const { hostname, port } = new URL(emulatorUrl);
  const envelope = envelopeOf(request);
  return new Promise((resolve, reject) => {
    const forwarded = forward({ hostname, port, method, path, headers, setHost: false }, (upstream) => {
      const chunks: Buffer[] = [];
      upstream.on("data", (chunk: Buffer) => void chunks.push(chunk));
      upstream.on("error", reject);
      upstream.on("end", () => {
        const body = Buffer.concat(chunks);
        const status = upstream.statusCode ?? 0;
        resolve({
          status,
          headers: pairs(upstream.rawHeaders),
          body,
          envelope,
          refused: isRefused(envelope, status, body),
        });
      });
    });
    forwarded.on("error", reject);
    forwarded.end(request.subarray(Buffer.byteLength(head, "latin1") + 4));
  });
}

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, i): [string, string] => [raw[2 * i] ?? "", raw[2 * i + 1] ?? ""]).filter(
    ([name]) => !framingHeaders.has(name.toLowerCase()),
  );

function isRefused(envelope: EnvelopeKind, status: number, body: Buffer): boolean {
  if (envelope === "aws") return status !== 200;
  const parsed = JSON.parse(body.toString()) as { Response?: { Error?: unknown }; ErrorCode?: number };
  return envelope === "cloud" ? parsed.Response?.Error !== undefined : parsed.ErrorCode !== 0;
}
