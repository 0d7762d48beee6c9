/** Sizes and patterns as the specs mean them: code points, UTF-8 bytes, whole values. */

/** Unicode code points; half a surrogate pair counts as one. */
export function codePointLength(text: string): number {
  let n = 0;
  for (const _ of text) n++;
  return n;
}

export const utf8Length = (text: string): number => Buffer.byteLength(text, "utf8");

const patterns = new Map<string, RegExp>();

/** A pattern that the whole value must match. */
export const anchored = (pattern: string): RegExp => compiled(`^(?:${pattern})$`);

/** A pattern that may match anywhere. */
export const unanchored = (pattern: string): RegExp => compiled(pattern);

function compiled(source: string): RegExp {
  let found = patterns.get(source);
  if (!found) {
    found = new RegExp(source, "u");
    patterns.set(source, found);
  }
  return found;
}
