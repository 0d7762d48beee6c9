/** Writes a response to the connection: at once or late, whole or in chunks, with or without closing the connection. */
import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { EmulatorResponse } from "../request-context.ts";

export interface DeliveryOptions {
  /** Milliseconds before the first byte. */
  readonly delayMs?: number;
  /** Sends the body in this number of chunks, without a Content-Length. */
  readonly chunks?: number;
  /** Milliseconds after each chunk. */
  readonly chunkPauseMs?: number;
  /** Closes the connection after the response. */
  readonly close?: true;
}

type ResponseWriter = Pick<ServerResponse, "writeHead" | "write" | "end">;

export async function deliver(
  options: DeliveryOptions,
  writer: ResponseWriter,
  response: EmulatorResponse,
  sleep: (ms: number) => Promise<unknown> = (ms) => setTimeout(ms),
): Promise<void> {
  const { delayMs, chunks, chunkPauseMs, close } = options;
  const body = Buffer.from(response.body);
  const connection = close ? { Connection: "close" } : {};
  if (delayMs) await sleep(delayMs);
  if (!chunks) {
    writer.writeHead(response.status, { ...response.headers, ...connection, "Content-Length": body.length });
    writer.end(body);
    return;
  }
  writer.writeHead(response.status, { ...response.headers, ...connection });
  const chunkSize = Math.max(1, Math.ceil(body.length / chunks));
  for (let start = 0; start < body.length; start += chunkSize) {
    writer.write(body.subarray(start, start + chunkSize));
    if (chunkPauseMs) await sleep(chunkPauseMs);
  }
  writer.end();
}
