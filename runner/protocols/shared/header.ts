/** Header list → the value of one header. */
import type { HttpRequest } from "../../model/index.ts";

/** The first value of the header; undefined if it is missing. `name` is in lower case, the headers may be in any case. */
export function findHeader(headers: HttpRequest["headers"], name: string): string | undefined {
  for (const [key, value] of headers) {
    if (key.length === name.length && (key === name || key.toLowerCase() === name)) return value;
  }
  return undefined;
}

/** The headers except those with this name (lower case). */
export function withoutHeader(headers: HttpRequest["headers"], name: string): HttpRequest["headers"] {
  return findHeader(headers, name) === undefined ? headers : headers.filter(([key]) => key.toLowerCase() !== name);
}
