/** The transport over undici: keep-alive connections, bodies of limited size, a deadline for every exchange. */
import { rootCertificates } from "node:tls";
import { Client, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { HttpRequest, NoResponse, Tls } from "../model/index.ts";
import { type ProxySettings, proxyFor } from "./proxy.ts";
import { ResponseCollector } from "./response-collector.ts";
import type { Transport } from "./transport.ts";

export interface UndiciOptions {
  /** Bytes after which a response body is cut; default 2 MiB. */
  readonly maxBodyBytes?: number;
  /** By origin. */
  readonly tls?: ReadonlyMap<string, Tls>;
  /** Default: no proxies. */
  readonly proxies?: ProxySettings;
}

/** How often the deadlines of all responses in progress are checked. */
const DEADLINE_CHECK_MS = 100;

/** A server that closes a connection within this idle time keeps none open. Documented timeouts are a second or more. */
const MIN_IDLE_TIMEOUT_MS = 100;

interface Connection {
  readonly client: Dispatcher;
  /** Time of `performance.now()` at the end of the last response; NaN before the first. */
  idleSince: number;
}

interface OriginConnections {
  readonly idle: Connection[];
  /** A connection that was idle for this time in milliseconds is not used again: the server has closed such a one. */
  maxIdleMs: number;
}

/** Uses one connection per concurrent call, and an idle connection before it opens a new one. Does not follow redirects. */
export function createUndiciTransport(options: UndiciOptions = {}): Transport {
  const maxBodyBytes = options.maxBodyBytes ?? 2 * 1024 * 1024;
  const clients = new Set<Dispatcher>();
  const origins = new Map<string, OriginConnections>();
  const collectors = new Set<ResponseCollector>();
  // One interval for all exchanges, because a timer for each would cost more.
  let interval: NodeJS.Timeout | undefined;
  const watchDeadlines = () => {
    interval ??= setInterval(() => {
      const now = performance.now();
      for (const collector of collectors) if (collector.deadline <= now) collector.expire();
      if (collectors.size === 0) {
        clearInterval(interval);
        interval = undefined;
      }
    }, DEADLINE_CHECK_MS);
  };
  const connect = (origin: string): Connection => {
    const client = createClient(origin, options);
    clients.add(client);
    return { client, idleSince: Number.NaN };
  };
  const disconnect = ({ client }: Connection): void => {
    clients.delete(client);
    client.destroy().catch(() => undefined);
  };
  const takeIdle = ({ idle, maxIdleMs }: OriginConnections): Connection | undefined => {
    for (let connection = idle.pop(); connection; connection = idle.pop()) {
      if (maxIdleMs === Number.POSITIVE_INFINITY || performance.now() - connection.idleSince < maxIdleMs)
        return connection;
      disconnect(connection);
    }
    return undefined;
  };
  return {
    send: (origin, request, timeouts) =>
      new Promise((resolve) => {
        let connections = origins.get(origin);
        if (!connections) {
          connections = { idle: [], maxIdleMs: Number.POSITIVE_INFINITY };
          origins.set(origin, connections);
        }
        const ofOrigin = connections;
        let connection: Connection | undefined;
        let idleMs = Number.NaN;
        const collector = new ResponseCollector(maxBodyBytes, timeouts, (outcome, finished) => {
          const result = "reason" in outcome && proxyFor(origin, options.proxies) ? withoutServer(outcome) : outcome;
          collectors.delete(finished);
          if (connection && finished.started && !("reason" in result)) {
            connection.idleSince = performance.now();
            ofOrigin.idle.push(connection);
          } else if (connection) {
            // It may still be opening a connection that is no longer needed.
            disconnect(connection);
          }
          if ("reason" in result && result.reason === "reset" && finished.status === 0 && !Number.isNaN(idleMs)) {
            const maxIdleMs = idleMs < MIN_IDLE_TIMEOUT_MS ? 0 : idleMs / 2;
            ofOrigin.maxIdleMs = Math.min(ofOrigin.maxIdleMs, maxIdleMs);
            resolve({ ...result, reused: true });
          } else resolve(result);
        });
        collectors.add(collector);
        watchDeadlines();
        try {
          connection = takeIdle(ofOrigin) ?? connect(origin);
          idleMs = performance.now() - connection.idleSince;
          connection.client.dispatch(toDispatch(origin, request), collector);
        } catch (error) {
          collector.fail(error);
        }
      }),
    close: async () => {
      clearInterval(interval);
      interval = undefined;
      const open = [...clients];
      clients.clear();
      origins.clear();
      await Promise.all(open.map((client) => client.destroy()));
    },
  };
}

/** undici's own timeouts are off, because the collector has its own deadlines. */
const NO_TIMEOUTS = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const;

function createClient(origin: string, { tls, proxies }: UndiciOptions): Dispatcher {
  const { ca, insecure = false } = tls?.get(origin) ?? {};
  const connect = {
    timeout: 0,
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  };
  const proxy = proxyFor(origin, proxies);
  if (!proxy) return new Client(origin, { ...NO_TIMEOUTS, connect });
  return new EnvHttpProxyAgent({
    ...NO_TIMEOUTS,
    connections: 1,
    ...proxy,
    connect,
    requestTls: connect,
    // Only for https: most proxies open tunnels to port 443 and no other.
    proxyTunnel: origin.startsWith("https:"),
  });
}

/** Behind a proxy nothing shows which of the two closed a connection. */
const withoutServer = ({ byServer: _, ...unknown }: NoResponse): NoResponse => unknown;

function toDispatch(origin: string, request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  const body = request.body.length === 0 ? null : (request.body as string | Buffer);
  return { origin, path: request.path, method: request.method as Dispatcher.HttpMethod, headers, body };
}
