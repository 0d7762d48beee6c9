/** The transport over undici: connections kept alive, bodies bounded, every exchange with a deadline. */
import { rootCertificates } from "node:tls";
import { Client, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { HttpRequest, Tls } from "../model/index.ts";
import { type ProxySettings, proxyFor } from "./proxy.ts";
import { ResponseCollector } from "./response-collector.ts";
import type { Transport } from "./transport.ts";

export interface UndiciOptions {
  /** Bytes after which an answer is cut; 2 MiB where nothing is said. */
  readonly maxBodyBytes?: number;
  /** By origin. */
  readonly tls?: ReadonlyMap<string, Tls>;
  /** None is used where none is named. */
  readonly proxies?: ProxySettings;
}

/** As many connections as there are calls in flight; an idle one is taken before a new one is made. Redirects are not followed. */
export function createUndiciTransport(options: UndiciOptions = {}): Transport {
  const cap = options.maxBodyBytes ?? 2 * 1024 * 1024;
  const clients = new Set<Dispatcher>();
  const idle = new Map<string, Dispatcher[]>();
  const flights = new Set<ResponseCollector>();
  // One clock for all exchanges: a timer for each would cost more than it guards.
  let clock: NodeJS.Timeout | undefined;
  const watch = () => {
    clock ??= setInterval(() => {
      const now = performance.now();
      for (const flight of flights) if (flight.deadline <= now) flight.expire();
      if (flights.size === 0) {
        clearInterval(clock);
        clock = undefined;
      }
    }, 100);
  };
  const connect = (origin: string): Dispatcher => {
    const client = connectionTo(origin, options);
    clients.add(client);
    return client;
  };
  return {
    send: (origin, request, timeouts) =>
      new Promise((resolve) => {
        let free = idle.get(origin);
        if (!free) {
          free = [];
          idle.set(origin, free);
        }
        const waiting = free;
        let client: Dispatcher | undefined;
        const flight = new ResponseCollector(cap, timeouts, (answer, me) => {
          flights.delete(me);
          if (client && me.started) waiting.push(client);
          else if (client) {
            // It may still be at work on a connection that nobody waits for any more.
            clients.delete(client);
            client.destroy().catch(() => undefined);
          }
          resolve(answer);
        });
        flights.add(flight);
        watch();
        try {
          client = free.pop() ?? connect(origin);
          client.dispatch(toDispatch(origin, request), flight);
        } catch (error) {
          flight.fail(error);
        }
      }),
    close: async () => {
      clearInterval(clock);
      clock = undefined;
      const all = [...clients];
      clients.clear();
      idle.clear();
      await Promise.all(all.map((client) => client.destroy()));
    },
  };
}

/** undici's own deadlines are off: the flight has its own. */
const noDeadlines = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const;

function connectionTo(origin: string, { tls, proxies }: UndiciOptions): Dispatcher {
  const { ca, insecure = false } = tls?.get(origin) ?? {};
  const trust = {
    timeout: 0,
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  };
  const through = proxyFor(origin, proxies);
  if (!through) return new Client(origin, { ...noDeadlines, connect: trust });
  return new EnvHttpProxyAgent({
    ...noDeadlines,
    connections: 1,
    ...through,
    connect: trust,
    requestTls: trust,
    // Most proxies open a tunnel to port 443 and to no other.
    proxyTunnel: origin.startsWith("https:"),
  });
}

function toDispatch(origin: string, request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  const body = request.body.length === 0 ? null : (request.body as string | Buffer);
  return { origin, path: request.path, method: request.method as Dispatcher.HttpMethod, headers, body };
}
