/** Flat pairs ⇔ query text (RFC 3986, upper-case hex; read leniently, as a server must). */
import type { Pair } from "../../http/flatten.ts";

/**
 * One name or value as query text; only unreserved characters stay.
 * @throws where the text contains a lone surrogate, which UTF-8 cannot encode.
 */
export function percentEncode(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  let encoded: string;
  try {
    encoded = encodeURIComponent(text);
  } catch {
    throw new Error(`${JSON.stringify(text)} contains a lone surrogate, which a URL cannot; use a JSON binding`);
  }
  return encoded.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Pairs to `a=1&b=%20`, in their order. @throws like `percentEncode`; the error names the pair. */
export function encodeQuery(pairs: readonly Pair[]): string {
  let text = "";
  for (const [name, value] of pairs) {
    try {
      text += `${text === "" ? "" : "&"}${percentEncode(name)}=${percentEncode(value)}`;
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  return text;
}

/** Query text to decoded pairs, in order, with repeats; `+` and `%20` both mean a space. Never throws. */
export function decodeQuery(text: string): Pair[] {
  const pairs: Pair[] = [];
  // A text that is padded with a million separators is not split into a million parts.
  const parts = text.includes("&&") ? text.replace(/&{2,}/g, "&") : text;
  for (const part of parts.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    pairs.push(at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]);
  }
  return pairs;
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const encoded = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Invalid UTF-8 or a bare %: sequences of well-formed escapes are decoded, the rest stays unchanged.
    return encoded.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
      Buffer.from(escapes.replaceAll("%", ""), "hex").toString("utf8"),
    );
  }
}

/** A raw path to the parts before and after its first `?`. */
export function splitPath(raw: string): { readonly path: string; readonly query: string } {
  const at = raw.indexOf("?");
  return at < 0 ? { path: raw, query: "" } : { path: raw.slice(0, at), query: raw.slice(at + 1) };
}

/** The value of the first pair with this name; undefined if there is none. */
export function firstPairValue(pairs: readonly Pair[], name: string): string | undefined {
  return pairs.find(([key]) => key === name)?.[1];
}
