/** An HTTP server on loopback that records each request of an SDK and answers as the script of the case says. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createEmulator, type Emulator, finish, respond } from "../../emulator/emulator.ts";
import { familyByProtocol } from "../../emulator/gateway-codes.ts";
import { readRequest } from "../../emulator/read-request.ts";
import type { EmulatorResponse, RequestContext } from "../../emulator/request-context.ts";
import { deliver } from "../../emulator/variants/response-delivery.ts";
import type { Action, HttpRequest, HttpResponse } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import type { Specs } from "../../spec/load.ts";
import type { ReceivedCall } from "./received-call.ts";
import type { ScriptedAnswer } from "./scripted-answer.ts";
import { sdkKey } from "./sdk-key.ts";

/** What the server answers to the requests of one call. */
export interface Script {
  readonly action: Action;
  readonly binding: string;
  /** One for each attempt; the last one repeats. */
  readonly answers: readonly ScriptedAnswer[];
}

export interface ScriptedServer {
  readonly url: string;
  /** Forgets the requests so far, ends stalled connections, and answers with this script from now on. */
  play(script: Script): void;
  /** The requests since the last `play`. */
  received(): readonly ReceivedCall[];
  /** By id of a leniency: the number of judged requests that needed it. */
  leniencies(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** `now`: milliseconds since the epoch. */
export async function startScriptedServer(specs: Pick<Specs, "services">, now: () => number): Promise<ScriptedServer> {
  let requestNumber = 0;
  const requestId = () => `assay-request-${requestNumber}`;
  const emulators = new Map<string, Emulator>();
  const emulatorWith = (variant = ""): Emulator => {
    const variants = variant === "" ? [] : [variant];
    const emulator = emulators.get(variant) ?? createEmulator({ specs, strict: false, variants, now, requestId });
    emulators.set(variant, emulator);
    return emulator;
  };
  let script: Script | undefined;
  let received: ReceivedCall[] = [];
  const stalled = new Set<Socket>();

  function answer(request: HttpRequest, response: ServerResponse): void {
    requestNumber++;
    const current = script?.answers[Math.min(received.length, script.answers.length - 1)];
    const emulator = emulatorWith(current?.variant);
    const state = {
      ...emulator.state,
      credentialsById: (id: string) => (([sdkKey.id, sdkKey.app] as string[]).includes(id) ? sdkKey : undefined),
    };
    const context = readRequest(state, emulator.behaviour, request, false);
    const record = (sent: ReceivedCall["response"]) => received.push({ context, response: sent, atMs: now() });
    if (!script || !current || current.content.kind === "nothing") {
      record({
        reason: current?.end === "stall" ? "timeout" : "reset",
        detail: `by the script: ${current?.end ?? "close"}`,
      });
      endConnection(response, current?.end);
      return;
    }
    const content =
      current.content.kind === "emulator"
        ? respond({ ...emulator, state }, request)
        : contentOf(current, { ...context, ...plannedContext(script) });
    const body = Buffer.from(content.body);
    if (current.halfWithLength === undefined) {
      record(recorded(content, body));
      void deliver(emulator.delivery ?? {}, response, content);
      return;
    }
    const sent = firstHalf(body);
    const length = current.halfWithLength === "whole" ? body.length : sent.length;
    const headers = { ...content.headers, "Content-Length": String(length) };
    record(recorded({ ...content, headers }, sent));
    response.writeHead(content.status, headers);
    if (current.halfWithLength === "half") response.end(sent);
    // The client has to receive the first half before the connection ends.
    else response.write(sent, () => endConnection(response, current.end));
  }

  function endConnection(response: ServerResponse, end: ScriptedAnswer["end"] = "close"): void {
    const { socket } = response;
    if (!socket) return;
    if (end === "stall") stalled.add(socket);
    else if (end === "reset") socket.resetAndDestroy();
    else socket.destroySoon();
  }

  const server = createServer({ maxHeaderSize: 512 * 1024, keepAliveTimeout: 60_000 }, (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => response.destroy());
    incoming.on("end", () => answer(toRequest(incoming, Buffer.concat(chunks)), response));
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    play(next) {
      for (const socket of stalled) socket.destroy();
      stalled.clear();
      script = next;
      received = [];
    },
    received: () => received,
    leniencies() {
      const counts: Record<string, number> = {};
      for (const { state } of emulators.values())
        for (const [id, n] of state.leniencies.counts) counts[id] = (counts[id] ?? 0) + n;
      return counts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });

function toRequest({ method = "GET", url = "/", rawHeaders }: IncomingMessage, body: Buffer): HttpRequest {
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i): [string, string] => [
    rawHeaders[2 * i] ?? "",
    rawHeaders[2 * i + 1] ?? "",
  ]);
  return { method, path: url, headers, body };
}

/** Ends before a character, so that it is text: a client that refuses it does so because it is no complete JSON. */
function firstHalf(body: Buffer): Buffer {
  let end = Math.floor(body.length / 2);
  while (end > 0 && ((body[end] ?? 0) & 0xc0) === 0x80) end--;
  return body.subarray(0, end);
}

/** The answer is that of the planned action, whatever the request addresses. */
function plannedContext({ action, binding }: Script): Pick<RequestContext, "action" | "service" | "family"> {
  const family = familyByProtocol[protocolOf(binding).id];
  if (family === undefined) throw new Error(`${binding}: no family of services has this binding`);
  return { action, service: action.service, family };
}

/** In the envelope of the action's service, written as the variant does. */
function contentOf({ content }: ScriptedAnswer, context: RequestContext): EmulatorResponse {
  if (content.kind === "raw")
    return { status: content.status, headers: { "Content-Type": content.contentType }, body: content.body };
  if (content.kind === "success") return finish({ ...context, output: content.output, refusal: undefined });
  const code = content.kind === "refusal" ? content.code : "";
  const refusal = {
    refused: true,
    stage: "script",
    code,
    message: "",
    parameter: "",
    breach: "",
    value: undefined,
  } as const;
  return finish({ ...context, refusal });
}

const recorded = ({ status, headers }: EmulatorResponse, body: Uint8Array): HttpResponse => ({
  status,
  headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  body,
});
