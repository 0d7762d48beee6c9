/** An exchange → what may be written down of it: no secret by name or by value, bodies cut. */
import { createHash } from "node:crypto";
import type { Exchange, RecordedBody, RecordedExchange } from "../model/index.ts";
import { REDACTED } from "./mask.ts";
import { createRedactor, type Redactor } from "./redactor.ts";
import { secretHeaders } from "./request-secrets.ts";

/** Bodies beyond this are cut; their length and SHA-256 speak of the whole. */
export const RECORDED_BODY_BYTES = 16 * 1024;
/** So much is read, so that no secret is cut in two before it is found. */
const readLimit = 4 * RECORDED_BODY_BYTES;

export interface Redaction {
  /** What takes out the secrets of this run; plain values will do where there is no run. */
  readonly secrets: Redactor | readonly string[];
  readonly endpoint: string;
}

const inAuthorization = /(Signature=)[^,\s]+|(Credential=[^/,\s]{0,4})[^/,\s]*/gi;

export function redactExchange(exchange: Exchange, how: Redaction): RecordedExchange {
  const { request, response } = exchange;
  const redactor = "redactExchangeText" in how.secrets ? how.secrets : createRedactor([], "", how.secrets);
  const redact = (text: string) => redactor.redactExchangeText(text, exchange);
  const header = ([name, value]: readonly [string, string]): readonly [string, string] => {
    const key = name.toLowerCase();
    if (secretHeaders.has(key)) return [name, REDACTED];
    if (key === "authorization") return [name, redact(authorization(value))];
    return [redact(name), redact(value)];
  };
  const body = (bytes: Uint8Array | string): RecordedBody => {
    const buffer =
      typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const text = redact(buffer.subarray(0, readLimit).toString("utf8"));
    if (buffer.length <= RECORDED_BODY_BYTES) return { text, bytes: buffer.length };
    const cut = Buffer.from(text).subarray(0, RECORDED_BODY_BYTES).toString("utf8");
    return { text: cut, bytes: buffer.length, sha256: createHash("sha256").update(buffer).digest("hex") };
  };
  return {
    role: exchange.role,
    action: exchange.action,
    request: {
      method: request.method,
      url: redact(how.endpoint + request.path),
      headers: request.headers.map(header),
      body: body(request.body),
    },
    response:
      "reason" in response
        ? { reason: response.reason, detail: redact(response.detail) }
        : { status: response.status, headers: response.headers.map(header), body: body(response.body) },
    started: new Date(exchange.sentAtMs).toISOString(),
    durationMs: Math.round(exchange.durationMs * 100) / 100,
  };
}

/** What was signed, and with whose key, may be read; by any other scheme nothing but its name. */
function authorization(value: string): string {
  const shown = value.replace(inAuthorization, (_, signature, id) => `${signature ?? id}${REDACTED}`);
  return shown === value ? value.replace(/\s.*/s, ` ${REDACTED}`) : shown;
}
