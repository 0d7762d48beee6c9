/** Flat pairs ⇔ query text (RFC 3986, upper-case hex; read leniently, as a server must). */
import type { Pair } from "../../http/flatten.ts";

/**
 * One name or value as query text; only unreserved characters stay.
 * @throws where the text holds half a surrogate pair, which UTF-8 cannot carry.
 */
export function percentEncode(text: string): string {
  if (/^[\w.~-]*$/.test(text)) return text;
  let encoded: string;
  try {
    encoded = encodeURIComponent(text);
  } catch {
    throw new Error(`${JSON.stringify(text)} holds half a surrogate pair, which no URL can carry; use a JSON binding`);
  }
  return encoded.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Pairs to `a=1&b=%20`, in their order. @throws as `percent`, naming the pair. */
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

/** Query text to decoded pairs, in order, with repeats; `+` and `%20` are both a blank. Never throws. */
export function decodeQuery(text: string): Pair[] {
  const pairs: Pair[] = [];
  for (const part of text.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    pairs.push(at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]);
  }
  return pairs;
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const plain = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    // Not UTF-8, or a bare %: runs of well-formed escapes are decoded, the rest stays as it is.
    return plain.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
  }
}

/** A raw path to what stands before and after its first `?`. */
export function splitPath(raw: string): { readonly path: string; readonly query: string } {
  const at = raw.indexOf("?");
  return at < 0 ? { path: raw, query: "" } : { path: raw.slice(0, at), query: raw.slice(at + 1) };
}

/** The value of the first pair called `name`; undefined where there is none. */
export function firstPairValue(pairs: readonly Pair[], name: string): string | undefined {
  return pairs.find(([key]) => key === name)?.[1];
}
