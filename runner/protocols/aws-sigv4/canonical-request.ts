/** A request to AWS → its canonical request and string to sign by Signature Version 4. */
import { hash } from "node:crypto";
import type { HttpRequest } from "../../model/index.ts";
import { decodeQuery, percentEncode, splitPath } from "../shared/query.ts";

export const ALGORITHM = "AWS4-HMAC-SHA256";
export const TERMINATOR = "aws4_request";

/**
 * The canonical request over `signed` (lower-case names in order). Header values lose the blanks around them, runs
 * of blanks become one, repeats are joined with commas; one that is not there counts as empty. The path's parts are
 * encoded once more, dots in it are left alone.
 * @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: HttpRequest, signed: readonly string[]): string {
  const values = new Map<string, string>();
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    const text = value.trim().replace(/\s+/g, " ");
    const before = values.get(key);
    values.set(key, before === undefined ? text : `${before},${text}`);
  }
  let headers = "";
  for (const name of signed) headers += `${name}:${values.get(name) ?? ""}\n`;
  // A server may be sent anything: half a surrogate pair becomes U+FFFD here instead of an error.
  const { path, query } = splitPath(request.path === "/" ? "/" : Buffer.from(request.path).toString());
  const uri = path === "/" ? "/" : path.split("/").map(percentEncode).join("/");
  const payload = hash("sha256", request.body, "hex");
  return `${request.method}\n${uri}\n${canonicalQuery(query)}\n${headers}\n${signed.join(";")}\n${payload}`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  const encoded = decodeQuery(query).map(([name, value]) => [percentEncode(name), percentEncode(value)] as const);
  encoded.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return encoded.map(([name, value]) => `${name}=${value}`).join("&");
}

/** What the signature is computed over; `date` is `20150830T123600Z`, `scope` is `DATE/REGION/SERVICE/aws4_request`. */
export function stringToSign(date: string, scope: string, canonical: string): string {
  return `${ALGORITHM}\n${date}\n${scope}\n${hash("sha256", canonical, "hex")}`;
}
