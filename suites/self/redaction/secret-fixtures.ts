/** Unique secrets of several kinds, and a search for them in a text, in every encoding in which a program may write them. */
import { createHash } from "node:crypto";

/** The secret depends only on its number and kind, so that a leak can be reproduced. */
export function makeSecret(n: number, kind: keyof typeof secretsByKind): string {
  const bytes = createHash("sha512").update(`secret ${n}`).digest();
  return secretsByKind[kind](bytes, bytes.toString("hex"));
}

/** Secrets by kind, from a hash and its hexadecimal digits. `wide` is not ASCII and cannot be a header value. */
const secretsByKind = {
  hex: (_, hex) => hex.slice(0, 40),
  base64: (bytes) => `+/${bytes.subarray(0, 25).toString("base64")}`,
  id: (_, hex) => `AKID${hex.slice(0, 32)}`,
  quoted: (_, hex) => `q"${hex.slice(0, 10)}\\"${hex.slice(10, 22)}'\\n`,
  markup: (_, hex) => `<${hex.slice(0, 9)}>&${hex.slice(9, 20)}%41;${hex.slice(20, 26)}`,
  spaced: (_, hex) => `${hex.slice(0, 8)} ${hex.slice(8, 16)}=${hex.slice(16, 26)}`,
  wide: (_, hex) => `密${hex.slice(0, 12)}钥😀${hex.slice(12, 24)}`,
} satisfies Record<string, (bytes: Buffer, hex: string) => string>;

export const headerSecretKinds = ["hex", "base64", "quoted", "markup", "spaced"] as const;
export const memberSecretKinds = [...headerSecretKinds, "wide"] as const;

export const asHtml = (text: string, quote = "&#39;"): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", quote);

/** The text in each encoding in which a program may write it: JSON, percent, HTML, hexadecimal and base64 variants. */
export function encodings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const percent = encodeURIComponent(text);
  const strictPercent = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const lowerCaseHex = (s: string) => s.replace(/%[\dA-F]{2}/g, (c) => c.toLowerCase());
  const encoded = [
    text,
    json,
    ascii,
    json.replaceAll("/", "\\/"),
    JSON.stringify(json).slice(1, -1),
    percent,
    strictPercent,
  ];
  encoded.push(
    lowerCaseHex(percent),
    lowerCaseHex(strictPercent),
    percent.replaceAll("%20", "+"),
    asHtml(text),
    asHtml(text, "&#x27;"),
    asHtml(text, "&apos;"),
  );
  for (const encoding of ["hex", "base64", "base64url"] as const) encoded.push(Buffer.from(text).toString(encoding));
  return [...new Set(encoded)];
}

/** Length in UTF-16 units of the prefixes by which encoded secrets are indexed; no searched text is shorter. */
const PREFIX_LENGTH = 8;

/**
 * Secrets → a function that lists the leaks of a text as `NAME: CONTEXT`. The first half of a secret, at least 12 units, counts
 * as a leak too.
 */
export function createSecretFinder(
  secrets: Iterable<readonly [name: string, value: string]>,
): (text: string) => string[] {
  const byPrefix = new Map<string, (readonly [text: string, name: string])[]>();
  for (const [name, value] of secrets) {
    const half = value.slice(0, Math.max(12, Math.ceil(value.length / 2)));
    for (const text of new Set([...encodings(value), ...(half.length < value.length ? [half] : [])])) {
      const prefix = text.slice(0, PREFIX_LENGTH);
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), [text, name]]);
    }
  }
  return (text) => {
    const leaks: string[] = [];
    for (let i = 0; i + PREFIX_LENGTH <= text.length; i++)
      for (const [secret, name] of byPrefix.get(text.slice(i, i + PREFIX_LENGTH)) ?? [])
        if (text.startsWith(secret, i))
          leaks.push(`${name}: ${text.slice(Math.max(0, i - 60), i + secret.length + 20)}`);
    return leaks;
  };
}
