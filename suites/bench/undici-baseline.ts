/** Signed requests → how long undici alone takes to send them and to read the answers. */
import { type Dispatcher, Pool } from "undici";
import type { HttpRequest } from "../../runner/model/index.ts";

export type Ready = Dispatcher.RequestOptions;

/** Made beforehand, so that the loop does nothing but send. */
export const ready = ({ method, path, headers, body }: HttpRequest): Ready => ({
  method: method as Dispatcher.HttpMethod,
  path,
  headers: headers.flat(),
  body: body.length === 0 ? null : (body as string | Buffer),
});

/** Seconds for all requests over so many connections, one request at a time on each. */
export async function undiciBaseline(url: string, requests: readonly Ready[], connections: number): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const queue = requests[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { body } = await pool.request(next.value);
      await body.text();
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return seconds;
}
