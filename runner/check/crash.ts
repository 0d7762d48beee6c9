/** A response without an envelope -> whether the service failed by itself. */
import type { HttpResponse } from "../model/index.ts";

/**
 * Only 500, which a service sends after an error of its own. 502, 503, 504 and from 520 on are those of servers in front of one that
 * is busy or away, 501, 505 and 511 are about the HTTP request or the network, and `Retry-After` asks for another attempt.
 */
export const isCrash = ({ status, headers }: HttpResponse): boolean =>
  status === 500 && !headers.some(([name]) => name === "retry-after");
