/** A request to Tencent IM → what a server reads from it before it believes any of it. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, splitPath } from "../shared/query.ts";

/**
 * Null where the path does not begin with `/v4/`. `common` has the query's parameters under their names, which are
 * case-sensitive (the first of repeats), and the headers `Host` and `Content-Type`; `service` is the path's second
 * part (`group_open_http_svc`) and `action` what follows it.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const { path, query } = splitPath(request.path);
  if (!path.startsWith("/v4/")) return null;
  const common = new Map<string, string>();
  for (const name of ["Host", "Content-Type"]) {
    const value = findHeader(request.headers, name.toLowerCase());
    if (value !== undefined) common.set(name, value);
  }
  for (const [name, value] of decodeQuery(query)) if (!common.has(name)) common.set(name, value);
  const [service, ...command] = path.slice("/v4/".length).split("/");
  return {
    binding: "tim-post",
    version: "v4",
    common,
    body: bodyBytes(request.body),
    ...(service && { service }),
    ...(command.length > 0 && { action: command.join("/") }),
  };
}
