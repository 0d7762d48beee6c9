/** A raw server before the emulator: what the emulator answers is told in a behaviour's own way. */
import { request as forward } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { EnvelopeKind, HostileBehaviour, HostileResponse, ResponseWriter } from "./behaviour.ts";
import { verbatim } from "./raw-response.ts";

/** What is asked, as far as it decides whether the behaviour shows. */
export interface ProxiedRequest {
  readonly action: string;
  /** The read-only call by which a run finds out whether anybody is there. */
  readonly ping: boolean;
  readonly refused: boolean;
  /** From 0, over all connections. */
  readonly n: number;
}

export interface HostileProxy {
  readonly url: string;
  /** How often the behaviour showed. */
  shown(): number;
  close(): Promise<void>;
}

interface Fronting {
  readonly emulator: string;
  readonly behaviour: HostileBehaviour;
  readonly shows: (question: ProxiedRequest) => boolean;
  readonly elsewhere: string;
}

export async function startHostileProxy({ emulator, behaviour, shows, elsewhere }: Fronting): Promise<HostileProxy> {
  const sockets = new Set<Socket>();
  const held: ResponseWriter[] = [];
  let asked = 0;
  let shown = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    if (behaviour.connected) {
      shown++;
      behaviour.connected(socket);
      return;
    }
    let nth = 0;
    requests(socket, (request) => {
      const n = asked++;
      ask(emulator, request).then((answer) => {
        if (socket.destroyed) return;
        nth++;
        if (!shows({ ...questionOf(request), refused: answer.refused, n })) return void socket.write(verbatim(answer));
        shown++;
        behaviour.tell({ socket, answer, request, nth, elsewhere, held });
      }, crash);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown: () => shown,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A fault of this server must not pass for hostility. */
function crash(error: unknown): never {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
}

/** Whole requests, one after the other. */
function requests(socket: Socket, each: (request: Buffer) => void): void {
  let had: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    had = Buffer.concat([had, chunk]);
    for (let end = endOf(had); end > 0 && end <= had.length; end = endOf(had)) {
      each(had.subarray(0, end));
      had = had.subarray(end);
    }
  });
}

function endOf(bytes: Buffer): number {
  const head = bytes.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  return head + 4 + Number(headerOf(bytes, "content-length") ?? 0);
}

function headerOf(request: Buffer, name: string): string | undefined {
  const head = request.toString("latin1", 0, request.indexOf("\r\n\r\n"));
  return new RegExp(`^${name}: *([^\r\n]*)`, "im").exec(head)?.[1];
}

function questionOf(request: Buffer): { action: string; ping: boolean } {
  const path = request.toString("latin1", 0, request.indexOf("\r\n")).split(" ")[1] ?? "";
  const target = headerOf(request, "x-amz-target")?.split(".").at(-1);
  const action = headerOf(request, "x-tc-action") ?? target ?? path.split("?")[0]?.split("/").at(-1) ?? "";
  return { action, ping: request.includes("assay-ping") };
}

function voiceOf(request: Buffer): EnvelopeKind {
  if (headerOf(request, "x-amz-date") !== undefined) return "aws";
  return request.toString("latin1", 0, 10).includes(" /v4/") ? "im" : "cloud";
}

/** Those that frame a body: whoever tells it frames it anew. */
const framing = new Set(["content-length", "transfer-encoding", "connection", "keep-alive"]);

function ask(emulator: string, request: Buffer): Promise<HostileResponse> {
  const head = request.toString("latin1", 0, request.indexOf("\r\n\r\n"));
  const [first = "", ...lines] = head.split("\r\n");
  const [method, path] = first.split(" ");
  const headers = lines.flatMap((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
  const { hostname, port } = new URL(emulator);
  const voice = voiceOf(request);
  return new Promise((resolve, reject) => {
    const onward = forward({ hostname, port, method, path, headers, setHost: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => void chunks.push(chunk));
      reply.on("error", reject);
      reply.on("end", () => {
        const body = Buffer.concat(chunks);
        const status = reply.statusCode ?? 0;
        resolve({ status, headers: pairs(reply.rawHeaders), body, voice, refused: isRefused(voice, status, body) });
      });
    });
    onward.on("error", reject);
    onward.end(request.subarray(Buffer.byteLength(head, "latin1") + 4));
  });
}

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, i): [string, string] => [raw[2 * i] ?? "", raw[2 * i + 1] ?? ""]).filter(
    ([name]) => !framing.has(name.toLowerCase()),
  );

function isRefused(voice: EnvelopeKind, status: number, body: Buffer): boolean {
  if (voice === "aws") return status !== 200;
  const told = JSON.parse(body.toString()) as { Response?: { Error?: unknown }; ErrorCode?: number };
  return voice === "cloud" ? told.Response?.Error !== undefined : told.ErrorCode !== 0;
}
