/** A TC3 request → its canonical request and string to sign. */
import * as crypto from "node:crypto"; // An old Node.js, which lacks `hash`, then still says that it is old.
import type { HttpRequest } from "../../model/index.ts";
import { findHeader } from "../shared/header.ts";
import { splitPath } from "../shared/query.ts";

export const ALGORITHM = "TC3-HMAC-SHA256";
export const TERMINATOR = "tc3_request";

/**
 * The canonical request over the headers `signed` (lower-case names, in order), from the raw bytes of path, query and body.
 * Header values are trimmed and lower-cased; a missing header counts as empty. `host` replaces the value of the Host header.
 * @source https://www.tencentcloud.com/document/api/213/33224
 */
export function canonicalRequest(request: HttpRequest, signed: readonly string[], host?: string): string {
  const { path, query } = splitPath(request.path);
  let headers = "";
  for (const name of signed) {
    const value = name === "host" && host !== undefined ? host : (findHeader(request.headers, name) ?? "");
    headers += `${name}:${value.trim().toLowerCase()}\n`;
  }
  return `${request.method}\n${path}\n${query}\n${headers}\n${signed.join(";")}\n${crypto.hash("sha256", request.body, "hex")}`;
}

/** The text that is signed; `scope` has the form `DATE/SERVICE/tc3_request`. */
export function stringToSign(timestamp: string, scope: string, canonical: string): string {
  return `${ALGORITHM}\n${timestamp}\n${scope}\n${crypto.hash("sha256", canonical, "hex")}`;
}
