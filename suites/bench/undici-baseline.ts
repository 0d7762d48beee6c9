/** Measures what undici alone needs to send signed requests and to read the responses. */
import { type Dispatcher, Pool } from "undici";
import type { HttpRequest } from "../../runner/model/index.ts";
import type { Duration } from "./statistics.ts";

export type UndiciRequest = Dispatcher.RequestOptions;

/** Converted before the measurement, so that the measured loop only sends. */
export const toUndiciRequest = ({ method, path, headers, body }: HttpRequest): UndiciRequest => ({
  method: method as Dispatcher.HttpMethod,
  path,
  headers: headers.flat(),
  body: body.length === 0 ? null : (body as string | Buffer),
});

/** Sends `count` requests, the given ones in turn, over `connections` connections, one at a time on each. */
export async function sendWithUndici(
  url: string,
  requests: readonly UndiciRequest[],
  { count, connections }: { readonly count: number; readonly connections: number },
): Promise<Duration> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  let sent = 0;
  const lane = async () => {
    while (sent < count) {
      const request = requests[sent++ % requests.length];
      if (request === undefined) throw new Error("there is no request to send");
      const { body } = await pool.request(request);
      await body.text();
    }
  };
  const start = performance.now();
  const usageBefore = process.cpuUsage();
  await Promise.all(Array.from({ length: connections }, lane));
  const { user, system } = process.cpuUsage(usageBefore);
  const wallSeconds = (performance.now() - start) / 1000;
  await pool.close();
  return { wallSeconds, cpuSeconds: (user + system) / 1e6 };
}
