/** A text → where image data stands in it: base64 beyond the length of any documented name. */
import type { Span } from "./unescape.ts";

/** Line breaks may stand in it. */
const base64 = /(?<![\w+/\-\r\n])[\w+/\-\r\n]{1000,}={0,2}/g;
/** A long text of fewer different characters is a case's own: it is what the case is about. */
const manyCharacters = 40;

export function findImageData(text: string): Span[] {
  if (text.length < 1000) return [];
  return [...text.matchAll(base64)]
    .filter(([found]) => new Set(found).size >= manyCharacters)
    .map(({ index, 0: found }) => [index, index + found.length]);
}
