/** A text → its length in code points or UTF-8 bytes. */

/** Unicode code points; a lone surrogate counts as one. */
export function codePointLength(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

export const utf8Length = (text: string): number => Buffer.byteLength(text, "utf8");

export const textLength = (text: string, unit: "chars" | "bytes"): number =>
  unit === "chars" ? codePointLength(text) : utf8Length(text);
