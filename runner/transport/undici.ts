/** The transport over undici: connections kept alive, bodies bounded, every exchange with a deadline. */
import { Client, type Dispatcher } from "undici";
import type { HttpRequest, HttpResponse, Unanswered } from "../model.ts";
import type { Transport } from "./transport.ts";

export interface UndiciOptions {
  /** Bytes after which an answer is cut. */
  readonly bodyCap?: number;
}

type Answer = HttpResponse | Unanswered;

/** Of an answer that is too large only its beginning is kept, to be shown. */
const kept = 64 * 1024;

/** As many connections as there are calls in flight; an idle one is taken before a new one is made. */
export function undiciTransport(options: UndiciOptions = {}): Transport {
  const cap = options.bodyCap ?? 10 * 1024 * 1024;
  const clients: Client[] = [];
  const idle = new Map<string, Client[]>();
  const flights = new Set<Flight>();
  // One clock for all exchanges: a timer for each would cost more than it guards.
  let clock: NodeJS.Timeout | undefined;
  const watch = () => {
    clock ??= setInterval(() => {
      const now = performance.now();
      for (const flight of flights) if (flight.due <= now) flight.expire();
      if (flights.size === 0) {
        clearInterval(clock);
        clock = undefined;
      }
    }, 100);
  };
  const connect = (origin: string): Client => {
    const client = new Client(origin, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
    clients.push(client);
    return client;
  };
  return {
    send: (origin, request, timeout) =>
      new Promise((resolve) => {
        let free = idle.get(origin);
        if (!free) {
          free = [];
          idle.set(origin, free);
        }
        const waiting = free;
        let client: Client | undefined;
        const flight = new Flight(cap, timeout, (answer, me) => {
          flights.delete(me);
          if (client) waiting.push(client);
          resolve(answer);
        });
        flights.add(flight);
        watch();
        try {
          client = free.pop() ?? connect(origin);
          client.dispatch(toDispatch(request), flight);
        } catch (error) {
          flight.fail(error);
        }
      }),
    close: async () => {
      clearInterval(clock);
      clock = undefined;
      await Promise.all(clients.splice(0).map((client) => client.destroy()));
      idle.clear();
    },
  };
}

function toDispatch(request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  const body = request.body.length === 0 ? null : (request.body as string | Buffer);
  return { path: request.path, method: request.method as Dispatcher.HttpMethod, headers, body };
}

/** An exchange on its way: undici tells it of the answer, the clock of its end. A class: one is made for every request. */
class Flight implements Dispatcher.DispatchHandler {
  /** By `performance.now()`. */
  readonly due: number;
  private readonly cap: number;
  private readonly timeout: number;
  private done: ((answer: Answer, flight: Flight) => void) | undefined;
  private wire: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: [string, string][] = [];
  private chunks: Buffer[] = [];
  private size = 0;

  constructor(cap: number, timeout: number, done: (answer: Answer, flight: Flight) => void) {
    this.due = performance.now() + timeout;
    this.cap = cap;
    this.timeout = timeout;
    this.done = done;
  }

  /** undici's queue keeps what it has sent for a while: whatever hangs on the flight would grow old with it. */
  private settle(answer: Answer): void {
    const tell = this.done;
    this.done = undefined;
    this.wire = undefined;
    this.headers = [];
    this.chunks = [];
    tell?.(answer, this);
  }

  private answer(body: Buffer): HttpResponse {
    return { status: this.status, headers: this.headers, body };
  }

  expire(): void {
    const abort = this.wire;
    this.settle({ why: "timeout", detail: `no whole answer within ${this.timeout / 1000} s` });
    abort?.abort(new Error("given up"));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.wire = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    code: number,
    raw: Record<string, string | string[] | undefined>,
  ): void {
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
      this.chunks.push(chunk);
      return;
    }
    this.settle({ ...this.answer(Buffer.concat(this.chunks, kept)), cut: true });
    controller.abort(new Error("the body is too large"));
  }

  onResponseEnd(): void {
    const [first] = this.chunks;
    this.settle(this.answer(first !== undefined && this.chunks.length === 1 ? first : Buffer.concat(this.chunks)));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    this.settle(toUnanswered(error));
  }
}

/** A refusal of our own client is `unsent`: it must never pass for the target's. */
function toUnanswered(error: unknown): Unanswered {
  const { code = "", message = String(error) } = error as { code?: string; message?: string };
  const detail = [code, message].filter(Boolean).join(": ");
  if (
    code === "UND_ERR_INVALID_ARG" ||
    code === "UND_ERR_NOT_SUPPORTED" ||
    code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH" ||
    code === "ERR_INVALID_URL"
  ) {
    return { why: "unsent", detail };
  }
  if (
    ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"].includes(code)
  ) {
    return { why: "refused", detail };
  }
  return { why: code.includes("TIMEOUT") ? "timeout" : "reset", detail };
}
