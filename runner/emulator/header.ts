/** A request → one of its headers. */
import type { HttpRequest } from "../model/index.ts";

/** The first of a lower-case name, in whatever case it was sent. */
export const requestHeader = (request: HttpRequest, name: string): string | undefined =>
  request.headers.find(([n]) => n.length === name.length && n.toLowerCase() === name)?.[1];
