/** One request of an SDK as the server received it, and what the server answered. */

import type { RequestContext } from "../../emulator/request-context.ts";
import type { HttpResponse, NoResponse } from "../../model/index.ts";

export interface ReceivedCall {
  /** The request, and as much of it as the emulator could read. */
  readonly context: RequestContext;
  /** What was sent; where no byte was sent, why. */
  readonly response: HttpResponse | NoResponse;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}
