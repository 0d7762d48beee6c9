/** A request → the secrets that were computed for it or put into it: what a server could send back. */
import type { HttpRequest } from "../model/index.ts";
import { findSecretFields } from "./secret-fields.ts";
import { unescapeLayers } from "./unescape.ts";

/** Headers whose whole value is a secret. */
export const secretHeaders: ReadonlySet<string> = new Set([
  "x-tc-token",
  "x-amz-security-token",
  "cookie",
  "set-cookie",
  "proxy-authorization",
  "x-api-key",
]);

/** What was computed for it: quick, for it is asked of every request. */
export function computedSecrets({ path, headers, body }: HttpRequest): string[] {
  const values: string[] = [];
  for (const [name, value] of headers) if (name === "Authorization") values.push(signatureIn(value));
  for (const part of [path, typeof body === "string" ? body : ""])
    for (const name of computed) {
      const at = part.indexOf(name);
      if (at < 0) continue;
      const end = part.indexOf("&", at);
      const value = part.slice(at + name.length, end < 0 ? undefined : end);
      values.push(value);
      // It comes back as it was meant, too.
      if (value.includes("%")) for (const { text } of unescapeLayers(value).slice(1)) values.push(text);
    }
  return values;
}

const computed = ["Signature=", "usersig="];

/** All that is secret in it, by its names. */
export function requestSecrets(request: HttpRequest): string[] {
  const { path, headers, body } = request;
  const values = computedSecrets(request);
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (secretHeaders.has(key)) values.push(value);
    if (key === "authorization") values.push(signatureIn(value));
  }
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  for (const part of [path, text])
    for (const { value, kept } of findSecretFields(part))
      if (kept === 0) for (const layer of unescapeLayers(value)) values.push(layer.text);
  return values;
}

/** Of a signing scheme only the signature: the rest tells what was signed. Of any other all but its name. */
const signatureIn = (authorization: string): string =>
  /Signature=([^,\s]+)/i.exec(authorization)?.[1] ?? authorization.replace(/^\S+\s+/, "");
