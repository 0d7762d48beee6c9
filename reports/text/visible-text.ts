/** Text of a target → text that every report format and every terminal can carry. */

/**
 * What must not reach a file or a terminal as it stands: controls (C0, DEL, C1), lone surrogates, the line and
 * paragraph separators, the bidirectional overrides that make a line read backwards, and XML 1.0's two non-characters.
 */
const HIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** One hidden character as its control picture, as U+FFFD for half a surrogate pair, else as `\uXXXX`. */
export function controlPicture(char: string): string {
  const code = char.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  if (code >= 0xd800 && code <= 0xdfff) return "�";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Text with tab, line feed and carriage return kept: legal in XML 1.0 (production Char) and harmless in a block. */
export function showControls(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, (char) =>
    char === "\t" || char === "\n" || char === "\r" ? char : controlPicture(char),
  );
}

/** Text on one line: tab, line feed and carriage return are pictures too. */
export function oneLine(text: string): string {
  return text.replace(HIDDEN_CHARACTERS, controlPicture);
}

/** A value as JSON that reads back as it was, what is hidden written as escapes; `indent` as JSON.stringify takes it. */
export function json(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(HIDDEN_CHARACTERS, (char) =>
    // The only line feeds are those of the indentation.
    char === "\n" ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The first `max` UTF-16 units, whole characters only, with a note of how long the text is. */
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
