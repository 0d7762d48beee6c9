/** The bytes of a response body → the JSON in them, or the reason why it cannot be read. */
import * as buffer from "node:buffer"; // An old Node.js, which lacks `isUtf8`, then still says that it is old.
import type { Json } from "../model/index.ts";

/** Deeper bodies are not parsed, because code that parses or walks them recursively could exhaust the stack. */
const MAX_DEPTH = 200;
/** Bodies with more values are not parsed, because a value takes far more memory than its text. */
const MAX_VALUES = 200_000;

/** `body` is undefined for no bytes: an empty body is not JSON but may be a valid response. */
export function readJson(bytes: Uint8Array): { readonly body: Json | undefined } | { readonly reason: string } {
  if (bytes.length === 0) return { body: undefined };
  if (!buffer.isUtf8(bytes)) return { reason: "the body is not UTF-8" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  if (text.charCodeAt(0) === 0xfeff) return { reason: "the body begins with a byte order mark" };
  const { depth, values, members } = measureJson(text);
  if (depth > MAX_DEPTH) return { reason: `the body is nested more than ${MAX_DEPTH} levels deep` };
  if (values > MAX_VALUES) return { reason: `the body contains more than ${MAX_VALUES} values` };
  try {
    const body = JSON.parse(text) as Json;
    // JSON.parse keeps the last of two equal members, other clients keep the first: the body is ambiguous.
    if (countMembers(body) < members) return { reason: "an object in the body has the same member twice" };
    return { body };
  } catch {
    return { reason: "the body is not JSON" };
  }
}

interface JsonSize {
  readonly depth: number;
  /** An upper bound: between the number of values and twice that number. */
  readonly values: number;
  readonly members: number;
}

const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92];
const [LIST_START, LIST_END, OBJECT_START, OBJECT_END] = [91, 93, 123, 125];

/**
 * Counts the structural characters outside of strings, without parsing. `depth` and `members` are exact for every text that
 * JSON.parse accepts. Stops when a limit is passed.
 */
function measureJson(text: string): JsonSize {
  let currentDepth = 0;
  let depth = 0;
  let values = 1;
  let members = 0;
  for (let i = 0; i < text.length && depth <= MAX_DEPTH && values <= MAX_VALUES; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = endOfString(text, i);
    else if (c === COLON) members++;
    else if (c === COMMA) values++;
    else if (c === LIST_START || c === OBJECT_START) {
      values++;
      if (++currentDepth > depth) depth = currentDepth;
    } else if (c === LIST_END || c === OBJECT_END) currentDepth--;
  }
  return { depth, values, members };
}

/** The index of the quote that ends the string that begins at `from`. */
function endOfString(text: string, from: number): number {
  let end = text.indexOf('"', from + 1);
  while (end > 0) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function countMembers(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const children = Object.values(value);
  let members = Array.isArray(value) ? 0 : children.length;
  for (const child of children) if (typeof child === "object") members += countMembers(child);
  return members;
}
