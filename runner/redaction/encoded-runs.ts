/** Text → the parts of it that may be base64 or hexadecimal digits, decoded and decompressed: a secret in them occurs nowhere as text. */
import { gunzipSync, inflateSync, constants as zlib } from "node:zlib";
import { MIN_PART_LENGTH } from "./substring-search.ts";
import type { Span } from "./unescape.ts";

export interface DecodedRun {
  /** Null for one that is too long to be searched. */
  readonly texts: readonly (string | null)[];
  readonly span: Span;
}

/** The base64 of MIN_PART_LENGTH bytes. */
const MIN_BASE64_LENGTH = Math.ceil((MIN_PART_LENGTH * 4) / 3);
/** Base64 and base64url, also wrapped into lines; hexadecimal digits are among these characters. */
const RUN = new RegExp(`[\\w+/-]{${MIN_BASE64_LENGTH},}(?:\\r?\\n[ \\t]*[\\w+/-]+)*`, "g");
const HEX_DIGITS = new RegExp(`[\\da-f]{${2 * MIN_PART_LENGTH},}`, "gi");
/** Codes and names, such as `InvalidParameterValue`; each verdict has some. */
const WORDS = /^[A-Z]?[a-z]+(?:[A-Z][a-z]+|[_/-][A-Za-z][a-z]*)*$/;
/** The beginnings of gzip and zlib data. */
const COMPRESSED_BASE64 = /H4sI|e(?:A[E-H]|F[4-7]|J[w-z]|N[o-r])/g;
const COMPRESSED_HEX = /1f8b08|78(?:01|5e|9c|da)/gi;
/** Beginnings that are tried; further ones in the same run occur by chance. */
const MAX_COMPRESSED_STARTS = 4;

export function decodedRuns(text: string): DecodedRun[] {
  if (text.length < MIN_BASE64_LENGTH) return [];
  const runs: DecodedRun[] = [];
  for (const { index, 0: run } of text.matchAll(RUN)) {
    if (WORDS.test(run)) continue;
    const digits = run.replace(/\s+/g, "");
    const texts = decodeBase64(digits);
    for (const [hex] of digits.matchAll(HEX_DIGITS)) texts.push(...decodeHex(hex));
    runs.push({ texts, span: [index, index + run.length] });
  }
  return runs;
}

/** What precedes the base64 of a text in the same run shifts it by up to three characters. */
function decodeBase64(digits: string): (string | null)[] {
  const texts: (string | null)[] = [0, 1, 2, 3].map((from) => Buffer.from(digits.slice(from), "base64").toString());
  for (const { index } of [...digits.matchAll(COMPRESSED_BASE64)].slice(0, MAX_COMPRESSED_STARTS))
    texts.push(decompress(Buffer.from(digits.slice(index), "base64")));
  return texts;
}

function decodeHex(digits: string): (string | null)[] {
  const texts: (string | null)[] = [0, 1].map((from) => Buffer.from(digits.slice(from), "hex").toString());
  for (const { index } of [...digits.matchAll(COMPRESSED_HEX)].slice(0, MAX_COMPRESSED_STARTS))
    texts.push(decompress(Buffer.from(digits.slice(index), "hex")));
  return texts;
}

/** In bytes: a response that is compressed to 16 KiB, the part that is recorded, rarely is longer. */
const MAX_DECOMPRESSED_BYTES = 1 << 20;

/** The text of gzip or zlib data, also of data that is cut off; empty for any other data, null for a text that is too long. */
export function decompress(bytes: Buffer): string | null {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.length > 2 && bytes.readUInt16BE(0) % 31 === 0;
  if (!isGzip && !isZlib) return "";
  const options = { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: MAX_DECOMPRESSED_BYTES };
  try {
    return (isGzip ? gunzipSync : inflateSync)(bytes, options).toString();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? null : "";
  }
}
