/** Secrets of many kinds, each unlike all others, and a search for any of them in bytes, in every way to write them. */
import { createHash } from "node:crypto";

/** Made of the seed alone: a leak can be looked at again. */
export function makeSecret(n: number, kind: keyof typeof kinds): string {
  const bytes = createHash("sha512").update(`secret ${n}`).digest();
  return kinds[kind](bytes, bytes.toString("hex"));
}

/** The last one cannot stand in a header. */
const kinds = {
  hex: (_, hex) => hex.slice(0, 40),
  base64: (bytes) => `+/${bytes.subarray(0, 25).toString("base64")}`,
  id: (_, hex) => `AKID${hex.slice(0, 32)}`,
  quoted: (_, hex) => `q"${hex.slice(0, 10)}\\"${hex.slice(10, 22)}'\\n`,
  markup: (_, hex) => `<${hex.slice(0, 9)}>&${hex.slice(9, 20)}%41;${hex.slice(20, 26)}`,
  spaced: (_, hex) => `${hex.slice(0, 8)} ${hex.slice(8, 16)}=${hex.slice(16, 26)}`,
  wide: (_, hex) => `密${hex.slice(0, 12)}钥😀${hex.slice(12, 24)}`,
} satisfies Record<string, (bytes: Buffer, hex: string) => string>;

export const kindsOfHeaders = ["hex", "base64", "quoted", "markup", "spaced"] as const;
export const kindsOfMembers = [...kindsOfHeaders, "wide"] as const;

export const asHtml = (text: string, quote = "&#39;"): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", quote);

/** Each way in which a program writes a text. */
export function encodings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const percent = encodeURIComponent(text);
  const strict = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const small = (s: string) => s.replace(/%[\dA-F]{2}/g, (c) => c.toLowerCase());
  const ways = [text, json, ascii, json.replaceAll("/", "\\/"), JSON.stringify(json).slice(1, -1), percent, strict];
  ways.push(
    small(percent),
    small(strict),
    percent.replaceAll("%20", "+"),
    asHtml(text),
    asHtml(text, "&#x27;"),
    asHtml(text, "&apos;"),
  );
  for (const encoding of ["base64", "base64url"] as const) ways.push(Buffer.from(text).toString(encoding));
  return [...new Set(ways)];
}

const window = 8;

/** By the text that is sought, what tells which secret it is. Half a secret is one too. */
export function findSecretIn(secrets: Iterable<readonly [name: string, value: string]>): (text: string) => string[] {
  const byStart = new Map<string, (readonly [text: string, name: string])[]>();
  for (const [name, value] of secrets) {
    const half = value.slice(0, Math.max(12, Math.ceil(value.length / 2)));
    for (const text of new Set([...encodings(value), ...(half.length < value.length ? [half] : [])])) {
      const start = text.slice(0, window);
      byStart.set(start, [...(byStart.get(start) ?? []), [text, name]]);
    }
  }
  return (text) => {
    const found: string[] = [];
    for (let i = 0; i + window <= text.length; i++)
      for (const [wanted, name] of byStart.get(text.slice(i, i + window)) ?? [])
        if (text.startsWith(wanted, i))
          found.push(`${name}: ${text.slice(Math.max(0, i - 60), i + wanted.length + 20)}`);
    return found;
  };
}
