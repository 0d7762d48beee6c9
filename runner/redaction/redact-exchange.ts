/** An exchange → its recorded form: secrets replaced by name and by value, bodies cut. */
import { createHash } from "node:crypto";
import type { Exchange, RecordedBody, RecordedExchange } from "../model/index.ts";
import { REDACTED } from "../model/redacted.ts";
import { decompress } from "./encoded-runs.ts";
import { createRedactor, type Redactor } from "./redactor.ts";
import { secretHeaders } from "./request-secrets.ts";

/** Longer bodies are cut; their recorded length and SHA-256 are those of the whole body. */
export const RECORDED_BODY_BYTES = 16 * 1024;
/** Bytes of a body in which secrets are searched. More than is recorded, so that a secret at the cut is found whole. */
const SEARCHED_BODY_BYTES = 4 * RECORDED_BODY_BYTES;

export interface Redaction {
  /** The redactor of the run; outside of a run a list of secret values is enough. */
  readonly secrets: Redactor | readonly string[];
  readonly endpoint: string;
}

const AUTHORIZATION_SECRETS = /(Signature=)[^,\s]+|(Credential=[^/,\s]{0,4})[^/,\s]*/gi;

export function redactExchange(exchange: Exchange, { secrets, endpoint }: Redaction): RecordedExchange {
  const { request, response } = exchange;
  const redactor = "redactExchangeText" in secrets ? secrets : createRedactor([], "", secrets);
  const redact = (text: string) => redactor.redactExchangeText(text, exchange);
  const redactHeader = ([name, value]: readonly [string, string]): readonly [string, string] => {
    const key = name.toLowerCase();
    if (secretHeaders.has(key)) return [name, REDACTED];
    if (key === "authorization") return [name, redact(redactAuthorization(value))];
    return [redact(name), redact(value)];
  };
  const recordBody = (body: Uint8Array | string): RecordedBody => {
    const bytes =
      typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const decompressed = decompress(bytes);
    const hidesSecret = decompressed === null || redact(decompressed) !== decompressed;
    const text = hidesSecret ? REDACTED : redact(bytes.subarray(0, SEARCHED_BODY_BYTES).toString("utf8"));
    if (bytes.length <= RECORDED_BODY_BYTES) return { text, bytes: bytes.length };
    const cut = Buffer.from(text).subarray(0, RECORDED_BODY_BYTES).toString("utf8");
    return { text: cut, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  return {
    role: exchange.role,
    action: exchange.action,
    request: {
      method: request.method,
      url: redact(endpoint + request.path),
      headers: request.headers.map(redactHeader),
      body: recordBody(request.body),
    },
    response:
      "reason" in response
        ? { reason: response.reason, detail: redact(response.detail) }
        : { status: response.status, headers: response.headers.map(redactHeader), body: recordBody(response.body) },
    started: new Date(exchange.sentAtMs).toISOString(),
    durationMs: Math.round(exchange.durationMs * 100) / 100,
  };
}

/** A known scheme keeps its parameters except the signature and most of the key id; any other scheme keeps only its name. */
function redactAuthorization(value: string): string {
  const redacted = value.replace(AUTHORIZATION_SECRETS, (_, signature, id) => `${signature ?? id}${REDACTED}`);
  return redacted === value ? value.replace(/\s.*/s, ` ${REDACTED}`) : redacted;
}
