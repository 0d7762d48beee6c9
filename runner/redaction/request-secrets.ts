/** A request → the secrets in it that a server could send back. */
import type { HttpRequest } from "../model/index.ts";
import { findSecretFields } from "./secret-fields.ts";
import { unescapeLayers } from "./unescape.ts";

/** Lower-case names of the headers whose whole value is a secret. */
export const secretHeaders: ReadonlySet<string> = new Set([
  "x-tc-token",
  "x-amz-security-token",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "x-api-key",
]);

/** The signatures computed for the request. Called for every request, so it uses no regular expressions on the body. */
export function computedSecrets({ path, headers, body }: HttpRequest): string[] {
  const values: string[] = [];
  for (const [name, value] of headers) if (name === "Authorization") values.push(secretPart(value));
  for (const part of [path, typeof body === "string" ? body : ""])
    for (const name of SIGNATURE_PARAMETERS) {
      const at = part.indexOf(name);
      if (at < 0) continue;
      const end = part.indexOf("&", at);
      const value = part.slice(at + name.length, end < 0 ? undefined : end);
      values.push(value);
      // A server may send it back decoded.
      if (value.includes("%")) for (const { text } of unescapeLayers(value).slice(1)) values.push(text);
    }
  return values;
}

const SIGNATURE_PARAMETERS = ["Signature=", "usersig="];

/** The computed secrets, and the values of all headers and fields whose names call them secret. */
export function requestSecrets(request: HttpRequest): string[] {
  const { path, headers, body } = request;
  const values = computedSecrets(request);
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (secretHeaders.has(key)) values.push(value);
    if (key === "authorization") values.push(secretPart(value));
  }
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  for (const part of [path, text])
    for (const { value, visiblePrefixLength } of findSecretFields(part))
      if (visiblePrefixLength === 0) for (const layer of unescapeLayers(value)) values.push(layer.text);
  return values;
}

/** The signature of a signing scheme, whose other parameters only name what was signed; of any other scheme all but its name. */
const secretPart = (authorization: string): string =>
  /Signature=([^,\s]+)/i.exec(authorization)?.[1] ?? authorization.replace(/^\S+\s+/, "");
