/** A text → its size in a unit. */

/** Unicode code points; a lone surrogate counts as one. */
export function chars(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

export const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

export const measure = (text: string, unit: "chars" | "bytes"): number =>
  unit === "chars" ? chars(text) : bytes(text);
