/** A length, a unit and an alphabet → a text of exactly that length, which begins with the token where the token fits. */
import { alphabets } from "./alphabets.ts";
import type { Random } from "./random.ts";
import { codePointLength, textLength, utf8Length } from "./text-length.ts";

export interface ExactTextRequest {
  readonly unit: "chars" | "bytes";
  readonly length: number;
  /** Id of an alphabet. */
  readonly alphabet: string;
  /** Unique to run and call. The text begins with it if at least one character of the alphabet fits behind it. */
  readonly token: string;
  readonly allows: (char: string) => boolean;
  /** Begins the text, in front of the token; ASCII and shorter than the text. */
  readonly prefix?: string;
}

/** The shortest text, in characters or bytes, that has room for the token and one character of any alphabet. */
export const MIN_LENGTH_WITH_RUN_ID = 24;

/** True where a text of this length has room for at least one character of the alphabet. */
export function canMakeText(unit: "chars" | "bytes", length: number, alphabetId: string): boolean {
  const alphabet = alphabets.find((a) => a.id === alphabetId);
  return alphabet !== undefined && length >= (unit === "bytes" ? alphabet.bytes : 1);
}

/** Throws where the alphabet is unknown, or `allows` accepts none of its characters. */
export function makeExactText(request: ExactTextRequest, random: Random): string {
  if (request.length === 0) return "";
  const alphabet = alphabets.find((a) => a.id === request.alphabet);
  if (!alphabet)
    throw new Error(`no alphabet "${request.alphabet}"; there are ${alphabets.map(({ id }) => id).join(", ")}`);
  const alphabetChars = [...alphabet.chars].filter(request.allows);
  const oneByteChars = [...(alphabets[0]?.chars ?? "")].filter(request.allows);
  if (alphabetChars.length === 0)
    throw new Error(`the pattern allows no character of the alphabet "${request.alphabet}"`);
  const unitsPerChar = request.unit === "chars" ? 1 : alphabet.bytes;
  const prefix = request.prefix ?? "";
  const token =
    request.token &&
    [...request.token].every(request.allows) &&
    prefix.length + textLength(request.token, request.unit) + unitsPerChar <= request.length
      ? request.token
      : "";
  const pieces = [prefix, token];
  let remaining = request.length - prefix.length - textLength(token, request.unit);
  for (; remaining >= unitsPerChar; remaining -= unitsPerChar) pieces.push(random.pick(alphabetChars));
  // Fewer bytes remain than one more character of the alphabet takes.
  for (; remaining > 0; remaining--) pieces.push(random.pick(oneByteChars));
  const text = pieces.join("");
  const size = request.unit === "chars" ? codePointLength(text) : utf8Length(text);
  if (size !== request.length) throw new Error(`made a text of ${size} ${request.unit} instead of ${request.length}`);
  return text;
}
