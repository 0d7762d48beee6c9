/** A length, a unit and an alphabet → a text of exactly that size, with the run's token inside where it fits. */
import { alphabets } from "./alphabets.ts";
import type { Random } from "./random.ts";
import { codePointLength, textLength, utf8Length } from "./text-length.ts";

export interface ExactTextRequest {
  readonly unit: "chars" | "bytes";
  readonly length: number;
  /** Id of an alphabet. */
  readonly of: string;
  /** Put first if it fits beside one character of the alphabet. */
  readonly token: string;
  readonly allows: (char: string) => boolean;
}

/** Characters or bytes from which a text holds the run's id beside a character of its alphabet. */
export const MIN_LENGTH_WITH_RUN_ID = 24;

/** Whether a text of this size can be made with at least one character of the alphabet. */
export function canMakeText(unit: "chars" | "bytes", length: number, of: string): boolean {
  const alphabet = alphabets.find((a) => a.id === of);
  return alphabet !== undefined && length >= (unit === "bytes" ? alphabet.bytes : 1);
}

export function makeExactText(want: ExactTextRequest, from: Random): string {
  if (want.length === 0) return "";
  const alphabet = alphabets.find((a) => a.id === want.of);
  if (!alphabet) throw new Error(`no alphabet "${want.of}"`);
  const wide = [...alphabet.chars].filter(want.allows);
  const narrow = [...(alphabets[0]?.chars ?? "")].filter(want.allows);
  if (wide.length === 0) throw new Error(`the pattern allows nothing of "${want.of}"`);
  const width = want.unit === "chars" ? 1 : alphabet.bytes;
  const token =
    want.token && [...want.token].every(want.allows) && textLength(want.token, want.unit) + width <= want.length
      ? want.token
      : "";
  const parts = [token];
  let left = want.length - textLength(token, want.unit);
  for (; left >= width; left -= width) parts.push(from.pick(wide));
  // A remainder of bytes too few for one more wide character.
  for (; left > 0; left--) parts.push(from.pick(narrow));
  const text = parts.join("");
  const size = want.unit === "chars" ? codePointLength(text) : utf8Length(text);
  if (size !== want.length) throw new Error(`made ${size} ${want.unit} instead of ${want.length}`);
  return text;
}
