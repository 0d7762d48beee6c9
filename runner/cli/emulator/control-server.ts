/** The control port of the emulator: tests in other languages choose the codes of the next calls. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ForcedCodes } from "../../emulator/forced-codes.ts";
import type { Action } from "../../model/index.ts";
import { UsageError } from "../errors.ts";
import { checkForcedCode } from "./forced-code-option.ts";

/** In bytes; a longer body is no choice of a code. */
const MAX_BODY_BYTES = 64 * 1024;

export interface ControlServer {
  readonly url: string;
  close(): void;
}

/**
 * `POST /answers` with `{"action": "tencent/iai/CreateGroup", "code": "RequestLimitExceeded", "times": 2}` adds a choice, `DELETE
 * /answers` removes all that is left. Answers 204, or 400 with the reason as text. Listens on loopback.
 */
export async function startControlServer(
  port: number,
  forcedCodes: ForcedCodes,
  actions: ReadonlyMap<string, Action>,
): Promise<ControlServer> {
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => {
        const problem = applyRequest(request, body, forcedCodes, actions);
        response.writeHead(problem === undefined ? 204 : 400, { "Content-Type": "text/plain; charset=utf-8" });
        response.end(problem);
      },
      () => response.destroy(),
    );
  });
  await listen(server, port);
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error("the body is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined where the request was applied, else what is wrong with it. */
function applyRequest(
  { method = "", url = "" }: IncomingMessage,
  body: string,
  forcedCodes: ForcedCodes,
  actions: ReadonlyMap<string, Action>,
): string | undefined {
  if (url !== "/answers" || !["POST", "DELETE"].includes(method))
    return `${method} ${url}: the control port has POST /answers and DELETE /answers\n`;
  if (method === "DELETE") return void forcedCodes.clear();
  try {
    const { action, code, times = 1 } = JSON.parse(body) as { action?: unknown; code?: unknown; times?: unknown };
    if (typeof action !== "string" || typeof code !== "string" || !Number.isSafeInteger(times) || Number(times) < 1)
      return 'the body must be {"action": ID, "code": CODE, "times": N from 1}\n';
    forcedCodes.add(checkForcedCode({ action, code, times: Number(times) }, actions, "POST /answers"));
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}\n`;
    return "the body is no JSON\n";
  }
}
