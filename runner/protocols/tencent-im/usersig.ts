/** An identifier and a time ⇔ the UserSig that an app's key makes of them. */
import { createHmac } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";

export interface UserSig {
  readonly identifier: string;
  readonly sdkappid: number;
  /** UNIX seconds. */
  readonly time: number;
  /** Seconds of validity. */
  readonly expire: number;
  /** Base64 of bytes that are signed along; REST calls carry none. */
  readonly userbuf?: string;
}

/** @source npm tls-sig-api-v2 1.0.2, the vendor's own code; the formula on its pages is only a sketch. */
export function textToSign({ identifier, sdkappid, time, expire, userbuf }: UserSig): string {
  const text = `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkappid}\nTLS.time:${time}\nTLS.expire:${expire}\n`;
  return userbuf === undefined ? text : `${text}TLS.userbuf:${userbuf}\n`;
}

/** In base64. The key is taken as text: its hexadecimal look is not decoded. */
export function computeSignature(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

/** The UserSig as it stands in a URL; the same fields deflate to other text under another zlib. */
export function writeUserSig(key: string, fields: UserSig): string {
  const json = JSON.stringify({
    "TLS.ver": "2.0",
    "TLS.identifier": fields.identifier,
    "TLS.sdkappid": fields.sdkappid,
    "TLS.time": fields.time,
    "TLS.expire": fields.expire,
    ...(fields.userbuf !== undefined && { "TLS.userbuf": fields.userbuf }),
    "TLS.sig": computeSignature(key, textToSign(fields)),
  });
  return deflateSync(json)
    .toString("base64")
    .replace(/[+/=]/g, (c) => (c === "+" ? "*" : c === "/" ? "-" : "_"));
}

/** A UserSig is a few hundred characters; no text may inflate to more bytes than this. */
const LARGEST = 16_384;

/** The JSON text within, or null where there is none: not the alphabet, not canonical base64, not deflated, too large. */
export function inflateUserSig(text: string): string | null {
  if (!/^[A-Za-z0-9*-]+_{0,2}$/.test(text)) return null;
  const base64 = text.replace(/[*_-]/g, (c) => (c === "*" ? "+" : c === "-" ? "/" : "="));
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("base64") !== base64) return null;
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST }).toString("utf8");
  } catch {
    return null;
  }
}

/** The fields and the signature within, or null where the text holds no such thing. */
export function readUserSig(text: string): (UserSig & { readonly sig: string }) | null {
  let json: unknown;
  try {
    json = JSON.parse(inflateUserSig(text) ?? "null");
  } catch {
    return null;
  }
  if (typeof json !== "object" || json === null) return null;
  const {
    "TLS.ver": version,
    "TLS.identifier": identifier,
    "TLS.sdkappid": sdkappid,
    "TLS.time": time,
    "TLS.expire": expire,
    "TLS.userbuf": userbuf,
    "TLS.sig": sig,
  } = json as { readonly [member: string]: unknown };
  if (version !== "2.0" || typeof identifier !== "string" || typeof sig !== "string") return null;
  if (!isWhole(sdkappid) || !isWhole(time) || !isWhole(expire)) return null;
  if (userbuf !== undefined && typeof userbuf !== "string") return null;
  return { identifier, sdkappid, time, expire, sig, ...(userbuf !== undefined && { userbuf }) };
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
