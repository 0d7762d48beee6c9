/** A request → one of its headers. */
import type { HttpRequest } from "../model/index.ts";

/** The value of the first header with this name. `name` is in lower case; the request's names may be in any case. */
export const requestHeader = (request: HttpRequest, name: string): string | undefined =>
  request.headers.find(([n]) => n.length === name.length && n.toLowerCase() === name)?.[1];
