/** Text of a target → text without hidden characters, safe in every report format and terminal. */

/**
 * Characters that no report contains: control characters (C0, DEL, C1), lone surrogates, line and paragraph
 * separators, bidirectional overrides, which reverse the reading direction, and the two code points that XML 1.0 forbids.
 */
const HIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** One hidden character as its control picture, as U+FFFD for a lone surrogate, else as `\uXXXX`. */
export function controlPicture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  if (code >= 0xd800 && code <= 0xdfff) return "�";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Keeps tab, line feed and carriage return: they are legal in XML 1.0 (production Char) and harmless in a block of text. */
export function showControls(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, (char) =>
    char === "\t" || char === "\n" || char === "\r" ? char : controlPicture(char),
  );
}

/** Text on one line: also tab, line feed and carriage return become pictures. */
export function oneLine(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, controlPicture);
}

/** A value as JSON text that parses back to the same value, with hidden characters as escapes. `indent`: as for JSON.stringify. */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(HIDDEN_CHARACTERS, (char) =>
    // Line feeds occur only as indentation: JSON.stringify escapes those of the values.
    char === "\n" ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The first `maxUnits` UTF-16 units, without half a surrogate pair, and the length of the whole text in UTF-16 units. */
export function truncate(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  const lastUnit = text.charCodeAt(maxUnits - 1);
  const end = lastUnit >= 0xd800 && lastUnit <= 0xdbff ? maxUnits - 1 : maxUnits;
  return `${text.slice(0, end)}… (${text.length} characters)`;
}

/** A count with its noun: `1 case`, `2 cases`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `A`, `A or B`, `A, B or C`. */
export function joinWithOr(words: readonly string[], conjunction = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words[words.length - 1]}`;
}
