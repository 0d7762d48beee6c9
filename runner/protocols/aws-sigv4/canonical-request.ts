/** A request to AWS → its canonical request and string to sign by Signature Version 4. */
import * as crypto from "node:crypto"; // An old Node.js, which lacks `hash`, then still says that it is old.
import type { HttpRequest } from "../../model/index.ts";
import { decodeQuery, percentEncode, splitPath } from "../shared/query.ts";

export const ALGORITHM = "AWS4-HMAC-SHA256";
export const TERMINATOR = "aws4_request";

/**
 * The canonical request over the headers `signed` (lower-case names in order). Header values are trimmed, sequences of
 * spaces become one space, values of repeated headers are joined with commas; a missing header counts as empty. The path's
 * segments are percent-encoded once more; `.` and `..` segments are not resolved.
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: HttpRequest, signed: readonly string[]): string {
  const values = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    const text = value.trim().replace(/\s+/g, " ");
    const earlier = values.get(key);
    values.set(key, earlier === undefined ? text : `${earlier},${text}`);
  }
  let headers = "";
  for (const name of signed) headers += `${name}:${values.get(name) ?? ""}\n`;
  // A lone surrogate becomes U+FFFD instead of an error, because a server must cope with any request.
  const { path, query } = splitPath(request.path === "/" ? "/" : Buffer.from(request.path).toString());
  const uri = path === "/" ? "/" : path.split("/").map(percentEncode).join("/");
  const payload = crypto.hash("sha256", request.body, "hex");
  return `${request.method}\n${uri}\n${canonicalQuery(query)}\n${headers}\n${signed.join(";")}\n${payload}`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const encoded = decodeQuery(query).map(([name, value]) => [percentEncode(name), percentEncode(value)] as const);
  encoded.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return encoded.map(([name, value]) => `${name}=${value}`).join("&");
}

/** The text that is signed; `date` has the form `20150830T123600Z`, `scope` the form `DATE/REGION/SERVICE/aws4_request`. */
export function stringToSign(date: string, scope: string, canonical: string): string {
  return `${ALGORITHM}\n${date}\n${scope}\n${crypto.hash("sha256", canonical, "hex")}`;
}
