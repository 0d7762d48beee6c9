/** How an answer's bytes are put on the connection. */
import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { EmulatorResponse } from "../request-context.ts";

export interface DeliveryOptions {
  /** Milliseconds before anything is said. */
  readonly delayMs?: number;
  /** Without a length, in so many pieces. */
  readonly chunks?: number;
  /** Milliseconds between the pieces. */
  readonly chunkPauseMs?: number;
  /** The connection ends with the answer. */
  readonly close?: true;
}

type Writing = Pick<ServerResponse, "writeHead" | "write" | "end">;

export async function deliver(
  options: DeliveryOptions,
  response: Writing,
  answer: EmulatorResponse,
  sleep: (ms: number) => Promise<unknown> = (ms) => setTimeout(ms),
): Promise<void> {
  const { delayMs, chunks, chunkPauseMs, close } = options;
  const body = Buffer.from(answer.body);
  const ending = close ? { Connection: "close" } : {};
  if (delayMs) await sleep(delayMs);
  if (!chunks) {
    response.writeHead(answer.status, { ...answer.headers, ...ending, "Content-Length": body.length });
    response.end(body);
    return;
  }
  response.writeHead(answer.status, { ...answer.headers, ...ending });
  const size = Math.max(1, Math.ceil(body.length / chunks));
  for (let at = 0; at < body.length; at += size) {
    response.write(body.subarray(at, at + size));
    if (chunkPauseMs) await sleep(chunkPauseMs);
  }
  response.end();
}
