/** Header list → the value of one header. */
import type { HttpRequest } from "../../model/index.ts";

/** The first value under `name` (lower case), found whatever the case in which it was sent; undefined where there is none. */
export function findHeader(headers: HttpRequest["headers"], name: string): string | undefined {
  for (const [key, value] of headers) {
    if (key.length === name.length && (key === name || key.toLowerCase() === name)) return value;
  }
  return undefined;
}

/** The headers without those called `name` (lower case). */
export function withoutHeader(headers: HttpRequest["headers"], name: string): HttpRequest["headers"] {
  return findHeader(headers, name) === undefined ? headers : headers.filter(([key]) => key.toLowerCase() !== name);
}
