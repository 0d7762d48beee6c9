/** Measures how long undici alone takes to send signed requests and to read the responses. */
import { type Dispatcher, Pool } from "undici";
import type { HttpRequest } from "../../runner/model/index.ts";

export type UndiciRequest = Dispatcher.RequestOptions;

/** Converted before the measurement, so that the measured loop only sends. */
export const toUndiciRequest = ({ method, path, headers, body }: HttpRequest): UndiciRequest => ({
  method: method as Dispatcher.HttpMethod,
  path,
  headers: headers.flat(),
  body: body.length === 0 ? null : (body as string | Buffer),
});

/** Sends all requests over `connections` connections, one at a time on each → seconds. */
export async function sendWithUndici(
  url: string,
  requests: readonly UndiciRequest[],
  connections: number,
): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const queue = requests[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { body } = await pool.request(next.value);
      await body.text();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return seconds;
}
