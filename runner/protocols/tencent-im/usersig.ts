/** An identifier, an app and a validity period ⇔ the UserSig that is signed with the app's key. */
import { createHmac } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";
import type { SignatureAlteration } from "../../model/index.ts";
import { alterSignature } from "../shared/alter-signature.ts";

export interface UserSig {
  readonly identifier: string;
  readonly sdkappid: number;
  /** UNIX seconds. */
  readonly time: number;
  /** Seconds of validity. */
  readonly expire: number;
  /** Base64 of additional signed bytes; REST calls have none. */
  readonly userbuf?: string;
}

/** @source npm tls-sig-api-v2 1.0.2, the vendor's code; the formula in its documentation is incomplete. */
export function textToSign({ identifier, sdkappid, time, expire, userbuf }: UserSig): string {
  const text = `TLS.identifier:${identifier}\nTLS.sdkappid:${sdkappid}\nTLS.time:${time}\nTLS.expire:${expire}\n`;
  return userbuf === undefined ? text : `${text}TLS.userbuf:${userbuf}\n`;
}

/** In base64. The key is used as text: it looks hexadecimal but is not decoded. */
export function computeSignature(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64");
}

/** The UserSig in its URL-safe form. Another version of zlib may give another text for the same fields. */
export function writeUserSig(key: string, fields: UserSig, alteration?: SignatureAlteration): string {
  const json = JSON.stringify({
    "TLS.ver": "2.0",
    "TLS.identifier": fields.identifier,
    "TLS.sdkappid": fields.sdkappid,
    "TLS.time": fields.time,
    "TLS.expire": fields.expire,
    ...(fields.userbuf !== undefined && { "TLS.userbuf": fields.userbuf }),
    "TLS.sig": alterSignature(computeSignature(key, textToSign(fields)), alteration),
  });
  return deflateSync(json)
    .toString("base64")
    .replace(/[+/=]/g, (c) => (c === "+" ? "*" : c === "/" ? "-" : "_"));
}

/** A real UserSig inflates to a few hundred bytes; the limit protects against decompression bombs. */
const MAX_INFLATED_BYTES = 16_384;

/** The JSON text in it; null if it is not in the alphabet, not canonical base64, not zlib data, or too large. */
export function inflateUserSig(text: string): string | null {
  if (!/^[A-Za-z0-9*-]+_{0,2}$/.test(text)) return null;
  const base64 = text.replace(/[*_-]/g, (c) => (c === "*" ? "+" : c === "-" ? "/" : "="));
  const bytes = Buffer.from(base64, "base64");
  if (bytes.toString("base64") !== base64) return null;
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_INFLATED_BYTES }).toString("utf8");
  } catch {
    return null;
  }
}

/** The fields and the signature in it, or null if they are missing or invalid. */
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
  if (!isNonNegativeInteger(sdkappid) || !isNonNegativeInteger(time) || !isNonNegativeInteger(expire)) return null;
  if (userbuf !== undefined && typeof userbuf !== "string") return null;
  return { identifier, sdkappid, time, expire, sig, ...(userbuf !== undefined && { userbuf }) };
}

function isNonNegativeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
