/** The transport over undici: keep-alive connections, bodies of limited size, a deadline for every exchange. */
import { rootCertificates } from "node:tls";
import { Client, type Dispatcher, EnvHttpProxyAgent } from "undici";
import type { HttpRequest, Tls } from "../model/index.ts";
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

/** Uses one connection per concurrent call, and an idle connection before it opens a new one. Does not follow redirects. */
export function createUndiciTransport(options: UndiciOptions = {}): Transport {
  const maxBodyBytes = options.maxBodyBytes ?? 2 * 1024 * 1024;
  const clients = new Set<Dispatcher>();
  const idle = new Map<string, Dispatcher[]>();
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
  const connect = (origin: string): Dispatcher => {
    const client = createClient(origin, options);
    clients.add(client);
    return client;
  };
  return {
    send: (origin, request, timeouts) =>
      new Promise((resolve) => {
        const idleClients = idle.get(origin) ?? [];
        idle.set(origin, idleClients);
        let client: Dispatcher | undefined;
        const collector = new ResponseCollector(maxBodyBytes, timeouts, (result, finished) => {
          collectors.delete(finished);
          if (client && finished.started) idleClients.push(client);
          else if (client) {
            // It may still be opening a connection that is no longer needed.
            clients.delete(client);
            client.destroy().catch(() => undefined);
          }
          resolve(result);
        });
        collectors.add(collector);
        watchDeadlines();
        try {
          client = idleClients.pop() ?? connect(origin);
          client.dispatch(toDispatch(origin, request), collector);
        } catch (error) {
          collector.fail(error);
        }
      }),
    close: async () => {
      clearInterval(interval);
      interval = undefined;
      const open = [...clients];
      clients.clear();
      idle.clear();
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

function toDispatch(origin: string, request: HttpRequest): Dispatcher.DispatchOptions {
  const headers: string[] = [];
  for (const [name, value] of request.headers) headers.push(name, value);
  const body = request.body.length === 0 ? null : (request.body as string | Buffer);
  return { origin, path: request.path, method: request.method as Dispatcher.HttpMethod, headers, body };
}
