/** HTTP request → response with its bytes, or the reason why there is none. */
import type { HttpRequest, HttpResponse, NoResponse, Timeouts } from "../model/index.ts";

export interface Transport {
  /** Never throws: errors of the connection are returned as NoResponse. `origin` has no path. */
  send(origin: string, request: HttpRequest, timeouts: Timeouts): Promise<HttpResponse | NoResponse>;
  close(): Promise<void>;
}
