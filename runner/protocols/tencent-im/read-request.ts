/** A request to Tencent IM → its parsed form, before the UserSig is verified. */
import type { HttpRequest, ParsedRequest } from "../../model/index.ts";
import { bodyBytes } from "../shared/body.ts";
import { findHeader } from "../shared/header.ts";
import { decodeQuery, splitPath } from "../shared/query.ts";

/**
 * Null if the path does not begin with `/v4/`, after any number of slashes, and the query has no `usersig`. `common` has the parameters of the query (names are case-sensitive; the first
 * of repeated ones) and the headers `Host` and `Content-Type`; `service` is the second segment of the path
 * (`group_open_http_svc`) and `action` the rest.
 */
export function parseRequest(request: HttpRequest): ParsedRequest | null {
  const { path, query } = splitPath(request.path);
  if (!/^\/+v4\//.test(path) && !/(?:^|&)usersig=/.test(query)) return null;
  const common = new Map<string, string>();
  for (const name of ["Host", "Content-Type"]) {
    const value = findHeader(request.headers, name.toLowerCase());
    if (value !== undefined) common.set(name, value);
  }
  for (const [name, value] of decodeQuery(query)) if (!common.has(name)) common.set(name, value);
  const [version = "", service, ...command] = path.slice(1).split("/");
  return {
    binding: "tim-post",
    version,
    common,
    body: bodyBytes(request.body),
    ...(service && { service }),
    ...(command.length > 0 && { action: command.join("/") }),
  };
}
