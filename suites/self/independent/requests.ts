/** An HTTP request → its method, path, query, headers and bytes. */
import type { CallMembers, HttpRequest, Json } from "../../../runner/model/index.ts";

export interface PlainRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** As it was sent, without the `?`; empty where there is none. */
  readonly query: string;
  /** By name in lower case; the first of several. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

export function plainRequest({ method, path: target, headers, body }: HttpRequest): PlainRequest {
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  const byName = new Map(headers.toReversed().map(([name, value]) => [name.toLowerCase(), value]));
  return { method, path, query: at < 0 ? "" : target.slice(at + 1), headers: byName, body: Buffer.from(body) };
}

/** `a=b&c=d` → its pairs, still encoded; empty ones are left out. */
export const rawPairs = (text: string): [name: string, value: string][] =>
  text
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    });

/** Undefined for a body that is not a JSON object. */
export function jsonObject(body: Buffer): CallMembers | undefined {
  try {
    const value = JSON.parse(body.toString()) as Json;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
