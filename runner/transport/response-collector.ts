/** An exchange on its way: undici tells it of the answer, the clock of its end. */
import type { Dispatcher } from "undici";
import type { HttpResponse, NoResponse, Timeouts } from "../model/index.ts";

export type TransportResult = HttpResponse | NoResponse;

/** Of an answer that is too large only its beginning is kept, to be shown. */
const KEPT_BYTES = 64 * 1024;

/** So many pieces of a body are put together. */
const MAX_CHUNKS = 128;

type Phase = Exclude<keyof Timeouts, "total">;

/** A class: one is made for every request. */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  /** By `performance.now()`: when the part that it is in has taken too long. */
  deadline: number;
  /** True once the request goes over a connection: before that nobody can have seen it. */
  started = false;
  private phase: Phase = "connect";
  /** When all of it has taken too long. */
  private readonly end: number;
  private readonly cap: number;
  private readonly timeouts: Timeouts;
  private done: ((answer: TransportResult, flight: ResponseCollector) => void) | undefined;
  private wire: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: [string, string][] = [];
  private chunks: Buffer[] = [];
  /** Those that came before, put together: a small one keeps all of the socket's buffer that it was read into. */
  private blocks: Buffer[] = [];
  private size = 0;

  constructor(cap: number, timeouts: Timeouts, done: (answer: TransportResult, flight: ResponseCollector) => void) {
    const now = performance.now();
    this.end = now + timeouts.total;
    this.deadline = Math.min(this.end, now + timeouts.connect);
    this.cap = cap;
    this.timeouts = timeouts;
    this.done = done;
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.deadline = Math.min(this.end, performance.now() + this.timeouts[phase]);
  }

  /** undici's queue keeps what it has sent for a while: whatever hangs on the flight would grow old with it. */
  private finish(answer: TransportResult): void {
    const tell = this.done;
    this.done = undefined;
    this.wire = undefined;
    this.headers = [];
    this.chunks = [];
    this.blocks = [];
    tell?.(answer, this);
  }

  private answer(body: Buffer): HttpResponse {
    return { status: this.status, headers: this.headers, body };
  }

  expire(): void {
    const abort = this.wire;
    const { total, [this.phase]: part } = this.timeouts;
    const seconds = (this.deadline < this.end ? part : total) / 1000;
    const what = { connect: "connection", headers: "headers of an answer", body: "whole answer" }[this.phase];
    const detail = `no ${what} within ${seconds} s`;
    this.finish({ reason: this.started ? "timeout" : "refused", detail });
    abort?.abort(new Error("given up"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Given up before there was a connection: it is not to be sent now.
    if (!this.done) {
      controller.abort(new Error("given up"));
      return;
    }
    this.wire = controller;
    this.started = true;
    this.enter("headers");
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    code: number,
    raw: Record<string, string | string[] | undefined>,
  ): void {
    // An interim answer promises another.
    if (code < 200) return;
    this.enter("body");
    this.status = code;
    this.headers = [];
    for (const name in raw) {
      const value = raw[name];
      if (Array.isArray(value)) for (const one of value) this.headers.push([name, one]);
      else if (value !== undefined) this.headers.push([name, value]);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size <= this.cap) {
      if (this.chunks.push(chunk) < MAX_CHUNKS) return;
      this.blocks.push(Buffer.concat(this.chunks));
      this.chunks = [];
      return;
    }
    this.finish({ ...this.answer(Buffer.concat(this.all(), Math.min(KEPT_BYTES, this.cap))), cut: true });
    controller.abort(new Error("the body is too large"));
  }

  onResponseEnd(): void {
    const all = this.all();
    const [first] = all;
    this.finish(this.answer(first !== undefined && all.length === 1 ? first : Buffer.concat(all)));
  }

  private all(): Buffer[] {
    return this.blocks.length === 0 ? this.chunks : [...this.blocks, ...this.chunks];
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    this.finish(toUnanswered(error, this.started));
  }
}

/** A refusal of our own client is `unsent`: it must never pass for the target's. */
function toUnanswered(error: unknown, started: boolean): NoResponse {
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
  if (!started) return { reason: "refused", detail };
  return { reason: code.includes("TIMEOUT") ? "timeout" : "reset", detail };
}
