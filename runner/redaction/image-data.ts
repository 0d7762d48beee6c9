/** Text → the spans of image data in it: base64 that is longer than any documented name. */
import type { Span } from "./unescape.ts";

/** In UTF-16 units. Documented names and tokens are shorter. */
const MIN_IMAGE_LENGTH = 1000;
/** The base64 may contain line breaks. */
const BASE64 = new RegExp(`(?<![\\w+/\\-\\r\\n])[\\w+/\\-\\r\\n]{${MIN_IMAGE_LENGTH},}={0,2}`, "g");
/** A long text with fewer different characters is not an image but the value that a case tests, and must stay readable. */
const MIN_DISTINCT_CHARACTERS = 40;

export function findImageData(text: string): Span[] {
  if (text.length < MIN_IMAGE_LENGTH) return [];
  return [...text.matchAll(BASE64)]
    .filter(([match]) => new Set(match).size >= MIN_DISTINCT_CHARACTERS)
    .map(({ index, 0: match }) => [index, index + match.length]);
}
