/** An action → where its answers' code stands. */
import type { Action } from "../model/index.ts";

export function errorCodeLocation(action: Action): string {
  const [place] = action.service.envelope.code.at;
  return place === undefined ? "body" : "body" in place ? place.body : `header:${place.header}`;
}
