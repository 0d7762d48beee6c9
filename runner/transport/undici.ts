/** The transport over undici: connections kept alive, bodies bounded, every exchange with a deadline. */
import { type Dispatcher, Pool } from "undici";
import type { HttpRequest, HttpResponse, Unanswered } from "../model.ts";
import type { Transport } from "./transport.ts";

export interface UndiciOptions {
  readonly connections: number;
  /** Bytes after which an answer is cut. */
  readonly bodyCap?: number;
}

/** An exchange on its way: undici tells it of the answer, the clock of its end. */
interface Flight extends Dispatcher.DispatchHandler {
  /** By `performance.now()`. */
  readonly due: number;
  expire(): void;
}

type Answer = HttpResponse | Unanswered;

export function undiciTransport(options: UndiciOptions): Transport {
  const cap = options.bodyCap ?? 10 * 1024 * 1024;
  const pools = new Map<string, Pool>();
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
  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, { connections: options.connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
      pools.set(origin, pool);
    }
    return pool;
  };
  return {
    send: (origin, request, timeout) =>
      new Promise((resolve) => {
        const flight = flightOf(cap, timeout, (answer) => {
          flights.delete(flight);
          resolve(answer);
        });
        flights.add(flight);
        watch();
        try {
          poolOf(origin).dispatch(toDispatch(request), flight);
        } catch (error) {
          flights.delete(flight);
          resolve(toUnanswered(error));
        }
      }),
    close: async () => {
      clearInterval(clock);
      clock = undefined;
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function toDispatch(request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  const body = request.body.length === 0 ? null : (request.body as string | Buffer);
  return { path: request.path, method: request.method as Dispatcher.HttpMethod, headers, body };
}

function flightOf(cap: number, timeout: number, whenDone: (answer: Answer) => void): Flight {
  let status = 0;
  let headers: [string, string][] = [];
  let chunks: Buffer[] = [];
  let size = 0;
  let wire: Dispatcher.DispatchController | undefined;
  let done: typeof whenDone | undefined = whenDone;
  // undici's queue keeps what it has sent for a while: whatever hangs on the flight would grow old with it.
  const settle = (answer: Answer) => {
    const tell = done;
    done = undefined;
    wire = undefined;
    headers = [];
    chunks = [];
    tell?.(answer);
  };
  return {
    due: performance.now() + timeout,
    expire() {
      const abort = wire;
      settle({ why: "timeout", detail: `no whole answer within ${timeout / 1000} s` });
      abort?.abort(new Error("given up"));
    },
    onRequestStart(controller) {
      wire = controller;
    },
    onResponseStart(_controller, code, raw) {
      status = code;
      headers = [];
      for (const name in raw) {
        const value = raw[name];
        if (Array.isArray(value)) for (const one of value) headers.push([name, one]);
        else if (value !== undefined) headers.push([name, value]);
      }
    },
    onResponseData(controller, chunk) {
      size += chunk.length;
      if (size <= cap) {
        chunks.push(chunk);
        return;
      }
      settle({ status, headers, body: Buffer.concat(chunks), cut: true });
      controller.abort(new Error("the body is too large"));
    },
    onResponseEnd() {
      settle({ status, headers, body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) });
    },
    onResponseError(_controller, error) {
      settle(toUnanswered(error));
    },
  };
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
