/** One response in progress: undici's events and the deadline → the result of the exchange. */
import type { Dispatcher } from "undici";
import type { HttpResponse, NoResponse, Timeouts } from "../model/index.ts";

export type TransportResult = HttpResponse | NoResponse;

/** Of a body that is larger than the limit only the beginning is kept, for reports. */
const KEPT_BYTES = 64 * 1024;

/** Chunks of a body after which they are copied into one block. */
const MAX_CHUNKS = 128;

type Phase = Exclude<keyof Timeouts, "total">;

/** A class and not a closure, because one is created for every request. */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  /** Time of `performance.now()` at which the current phase has taken too long. */
  deadline: number;
  /** True once the request is sent over a connection: before that the server cannot have seen it. */
  started = false;
  private phase: Phase = "connect";
  /** Time of `performance.now()` at which the exchange as a whole has taken too long. */
  private readonly totalDeadline: number;
  private readonly maxBodyBytes: number;
  private readonly timeouts: Timeouts;
  private onResult: ((result: TransportResult, collector: ResponseCollector) => void) | undefined;
  private controller: Dispatcher.DispatchController | undefined;
  /** HTTP status; 0 before the head of the response. */
  status = 0;
  private headers: [string, string][] = [];
  private chunks: Buffer[] = [];
  /** Copies of earlier chunks: a small chunk would keep the whole socket buffer that it was read into in memory. */
  private blocks: Buffer[] = [];
  private size = 0;

  constructor(
    maxBodyBytes: number,
    timeouts: Timeouts,
    onResult: (result: TransportResult, collector: ResponseCollector) => void,
  ) {
    const now = performance.now();
    this.totalDeadline = now + timeouts.total;
    this.deadline = Math.min(this.totalDeadline, now + timeouts.connect);
    this.maxBodyBytes = maxBodyBytes;
    this.timeouts = timeouts;
    this.onResult = onResult;
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.deadline = Math.min(this.totalDeadline, performance.now() + this.timeouts[phase]);
  }

  /** Drops all references: undici's queue keeps the handler of a finished request for a while. */
  private finish(result: TransportResult): void {
    const report = this.onResult;
    this.onResult = undefined;
    this.controller = undefined;
    this.headers = [];
    this.chunks = [];
    this.blocks = [];
    report?.(result, this);
  }

  private response(body: Buffer): HttpResponse {
    return { status: this.status, headers: this.headers, body };
  }

  expire(): void {
    const { controller } = this;
    const { total, [this.phase]: phaseTimeout } = this.timeouts;
    const seconds = (this.deadline < this.totalDeadline ? phaseTimeout : total) / 1000;
    const missing = { connect: "connection", headers: "response headers", body: "complete response" }[this.phase];
    const detail = `no ${missing} within ${seconds} s`;
    this.finish({ reason: this.started ? "timeout" : "refused", detail });
    controller?.abort(new Error("timed out"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It timed out before there was a connection: the request must not be sent now.
    if (!this.onResult) {
      controller.abort(new Error("timed out"));
      return;
    }
    this.controller = controller;
    this.started = true;
    this.enter("headers");
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    code: number,
    rawHeaders: Record<string, string | string[] | undefined>,
  ): void {
    // The final response follows an interim response.
    if (code < 200) return;
    this.enter("body");
    this.status = code;
    this.headers = [];
    for (const name in rawHeaders) {
      const value = rawHeaders[name];
      if (Array.isArray(value)) for (const item of value) this.headers.push([name, item]);
      else if (value !== undefined) this.headers.push([name, value]);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size <= this.maxBodyBytes) {
      if (this.chunks.push(chunk) < MAX_CHUNKS) return;
      this.blocks.push(Buffer.concat(this.chunks));
      this.chunks = [];
      return;
    }
    const body = Buffer.concat(this.allChunks(), Math.min(KEPT_BYTES, this.maxBodyBytes));
    this.finish({ ...this.response(body), cut: true });
    controller.abort(new Error("the body is too large"));
  }

  onResponseEnd(): void {
    const chunks = this.allChunks();
    const [first] = chunks;
    this.finish(this.response(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)));
  }

  private allChunks(): Buffer[] {
    return this.blocks.length === 0 ? this.chunks : [...this.blocks, ...this.chunks];
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    this.finish(toNoResponse(error, this.started));
  }
}

/** Errors of a connection that the other side closed; a response that is no HTTP has others. */
const CLOSED = ["other side closed", "ECONNRESET", "EPIPE"];

/** A request that undici itself refuses is `unsent`: the refusal must not be mistaken for the target's. */
function toNoResponse(error: unknown, started: boolean): NoResponse {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const detail = message.includes(code) ? message : [code, message].filter(Boolean).join(": ");
  if (
    code === "UND_ERR_INVALID_ARG" ||
    code === "UND_ERR_NOT_SUPPORTED" ||
    code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH" ||
    code === "ERR_INVALID_URL"
  ) {
    return { reason: "unsent", detail };
  }
  if (!started) return { reason: "refused", detail, ...(code === "ECONNREFUSED" && { byServer: true }) };
  if (code.includes("TIMEOUT")) return { reason: "timeout", detail };
  return { reason: "reset", detail, ...((CLOSED.includes(code) || CLOSED.includes(message)) && { byServer: true }) };
}
