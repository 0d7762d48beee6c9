/** The bytes of an answer → the JSON that they hold, or why they are not read. */
import { isUtf8 } from "node:buffer";
import type { Json } from "../model/index.ts";

/** Deeper answers are not read: a parser that recurses is not to be led into the ground. */
const deepest = 200;
/** Nor are those of more values: each takes far more room than its text. */
const mostValues = 200_000;

/** Nothing is no JSON, and yet may be an answer. */
export function readJson(bytes: Uint8Array): { readonly body: Json | undefined } | { readonly reason: string } {
  if (bytes.length === 0) return { body: undefined };
  if (!isUtf8(bytes)) return { reason: "the body is not UTF-8" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (text.charCodeAt(0) === 0xfeff) return { reason: "a byte order mark stands before the body" };
  const { depth, values, members } = measureJson(text);
  if (depth > deepest) return { reason: `the body is nested more than ${deepest} levels deep` };
  if (values > mostValues) return { reason: `the body holds more than ${mostValues} values` };
  try {
    const body = JSON.parse(text) as Json;
    // The parser keeps the last of them, another client the first: what was meant nobody can tell.
    if (countMembers(body) < members) return { reason: "a member stands twice in one object" };
    return { body };
  } catch {
    return { reason: "the body is not JSON" };
  }
}

interface Extent {
  readonly depth: number;
  /** At least so many, and at most twice as many, as there are. */
  readonly values: number;
  readonly members: number;
}

const [quote, comma, colon, backslash] = [34, 44, 58, 92];
const [list, listEnd, object, objectEnd] = [91, 93, 123, 125];

/** What stands outside of strings; cheap, and exact for what JSON.parse would accept. It ends where it is too much. */
function measureJson(text: string): Extent {
  let now = 0;
  let depth = 0;
  let values = 1;
  let members = 0;
  for (let i = 0; i < text.length && depth <= deepest && values <= mostValues; i++) {
    const c = text.charCodeAt(i);
    if (c === quote) i = endOfString(text, i);
    else if (c === colon) members++;
    else if (c === comma) values++;
    else if (c === list || c === object) {
      values++;
      if (++now > depth) depth = now;
    } else if (c === listEnd || c === objectEnd) now--;
  }
  return { depth, values, members };
}

/** The quote that ends the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  while (end > 0) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function countMembers(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  let members = Array.isArray(value) ? 0 : inner.length;
  for (const one of inner) if (typeof one === "object") members += countMembers(one);
  return members;
}
