/** Text lengths and patterns as the specs define them: lengths in code points or UTF-8 bytes, patterns for the whole value or a part. */

/** Unicode code points; an unpaired surrogate counts as one. */
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
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source, "u");
    patterns.set(source, pattern);
  }
  return pattern;
}
