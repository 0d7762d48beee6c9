/** A request → the answer as bytes, or why there is none. */
import type { HttpRequest, HttpResponse, NoResponse, Timeouts } from "../model/index.ts";

export interface Transport {
  /** Never throws: what goes wrong on the way is an answer too. `origin` has no path. */
  send(origin: string, request: HttpRequest, timeouts: Timeouts): Promise<HttpResponse | NoResponse>;
  close(): Promise<void>;
}
