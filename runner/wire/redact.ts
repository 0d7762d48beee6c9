/** An exchange → what may be written down of it: no secret by name or by value, bodies cut. */
import { createHash } from "node:crypto";
import type { Exchange, RecordedBody, RecordedExchange } from "../model.ts";

/** Bodies beyond this are cut; their length and SHA-256 speak of the whole. */
export const bodyLimit = 16 * 1024;

export interface Redaction {
  /** Secret values of this run: keys, tokens. */
  readonly secrets: readonly string[];
  readonly endpoint: string;
}

const gone = "[redacted]";
const secretHeaders = new Set(["x-tc-token", "x-amz-security-token", "cookie", "set-cookie", "proxy-authorization"]);
const inAuthorization = /(Signature=)[0-9a-f]+|(Credential=[^/]{0,4})[^/,\s]*/gi;
const inPairs = /([?&]|^)((?:Signature|Token|usersig|Image|Password)=)[^&]*|([?&]|^)(SecretId=[^&]{0,4})[^&]*/gi;
const inJson = /("(?:Password|SecretKey|Token|SessionToken|Image)"\s*:\s*")(?:[^"\\]|\\.)*/g;

export function record(exchange: Exchange, how: Redaction): RecordedExchange {
  const { request, response } = exchange;
  const clean = (text: string) => byValue(text, how.secrets);
  const pairs = (text: string) =>
    text.replace(inPairs, (_, a = "", b, c = "", d) => (b ? `${a}${b}${gone}` : `${c}${d}${gone}`));
  const header = ([name, value]: readonly [string, string]): readonly [string, string] => {
    const key = name.toLowerCase();
    if (secretHeaders.has(key)) return [name, gone];
    if (key === "authorization") return [name, value.replace(inAuthorization, (_, sig, id) => `${sig ?? id}${gone}`)];
    return [name, clean(value)];
  };
  const body = (bytes: Uint8Array | string, form: boolean): RecordedBody => {
    const buffer =
      typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = clean(buffer.subarray(0, bodyLimit).toString("utf8").replace(inJson, `$1${gone}`));
    const recorded = { text: form ? pairs(text) : text, bytes: buffer.length };
    return buffer.length > bodyLimit
      ? { ...recorded, sha256: createHash("sha256").update(buffer).digest("hex") }
      : recorded;
  };
  const form = request.headers.some(([n, v]) => n.toLowerCase() === "content-type" && v.includes("form-urlencoded"));
  return {
    role: exchange.role,
    action: exchange.action,
    request: {
      method: request.method,
      url: clean(how.endpoint + pairs(request.path)),
      headers: request.headers.map(header),
      body: body(request.body, form),
    },
    response:
      "why" in response
        ? { why: response.why, detail: clean(response.detail) }
        : { status: response.status, headers: response.headers.map(header), body: body(response.body, false) },
    ms: Math.round(exchange.ms * 100) / 100,
  };
}

function byValue(text: string, secrets: readonly string[]): string {
  let out = text;
  for (const secret of secrets) if (secret.length >= 6) out = out.replaceAll(secret, gone);
  return out;
}
