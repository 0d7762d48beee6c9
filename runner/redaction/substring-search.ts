/** Values → the places where they occur in a text. The text is read once for any number of values, and mostly in steps of several characters. */
import type { Span } from "./unescape.ts";

export interface SubstringSearch {
  /** The first `visiblePrefixLength` characters of the value may be shown: they are not part of the spans that are found. */
  add(value: string, visiblePrefixLength?: number): void;
  /** Every part of the value of MIN_PART_LENGTH characters counts as an occurrence, too. */
  addParts(value: string, visiblePrefixLength?: number): void;
  find(text: string): readonly Span[];
}

/** In UTF-16 units. Shorter values are not searched: they occur by chance in many texts, and a gap there would reveal them. */
export const MIN_SECRET_LENGTH = 6;
/** A prefix of this length counts as an occurrence too, because messages often quote a secret only in part. */
const MIN_PREFIX_MATCH = 12;
/** In UTF-16 units: a shorter part of a secret does not help to guess the rest. */
export const MIN_PART_LENGTH = 8;
/** In UTF-16 units, of a value whose parts are searched: each part slows down the search a little. Keys are shorter, some session tokens longer. */
const MAX_LENGTH_WITH_PARTS = 512;
/** Values kept per beginning; older ones are dropped. A server could otherwise send thousands that begin alike and slow the search down. */
const MAX_VALUES_PER_START = 256;
const NO_SPANS: readonly Span[] = [];

interface Row {
  readonly value: string;
  readonly visiblePrefixLength: number;
  /** True for the end of a value, whose beginning counts from MIN_PART_LENGTH characters on. */
  readonly isPart: boolean;
}

/** Comparison ignores case, because HTTP header names come back in lower case. */
const lowerCase = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code);

/** Hash of the MIN_SECRET_LENGTH characters from `from`. */
function hashStart(text: string, from: number): number {
  let hash = 0;
  for (let at = from; at < from + MIN_SECRET_LENGTH; at++)
    hash = (Math.imul(hash, 31) + lowerCase(text.charCodeAt(at))) | 0;
  return hash;
}

/**
 * The algorithm of Wu and Manber: a table gives for each pair of characters how far the search may advance without passing
 * over an occurrence. The table has 2 ** `bits` entries.
 */
export function createSubstringSearch(bits = 14): SubstringSearch {
  const mask = (1 << bits) - 1;
  const steps = new Uint8Array(mask + 1).fill(MIN_SECRET_LENGTH - 1);
  const rowsByStart = new Map<number, Row[]>();
  const pair = (text: string, at: number): number =>
    ((lowerCase(text.charCodeAt(at - 1)) << 7) ^ lowerCase(text.charCodeAt(at))) & mask;
  const addRow = (row: Row): void => {
    const { value } = row;
    if (value.length < MIN_SECRET_LENGTH) return;
    for (let at = 1; at < MIN_SECRET_LENGTH; at++) {
      const key = pair(value, at);
      steps[key] = Math.min(steps[key] ?? 0, MIN_SECRET_LENGTH - 1 - at);
    }
    const key = hashStart(value, 0);
    const rows = rowsByStart.get(key) ?? [];
    rowsByStart.set(key, rows);
    rows.push(row);
    if (rows.length > MAX_VALUES_PER_START) rows.shift();
  };
  return {
    add(value, visiblePrefixLength = 0) {
      for (const form of encodedForms(value))
        addRow({ value: form, visiblePrefixLength: form === value ? visiblePrefixLength : 0, isPart: false });
    },
    addParts(value, visiblePrefixLength = 0) {
      if (value.length > MAX_LENGTH_WITH_PARTS) return;
      for (let from = 0; from + MIN_PART_LENGTH <= value.length; from++)
        // The blank after a word such as `Bearer` stays.
        if (value[from] !== " ")
          addRow({
            value: value.slice(from),
            visiblePrefixLength: Math.max(0, visiblePrefixLength - from),
            isPart: true,
          });
    },
    find(text) {
      if (rowsByStart.size === 0) return NO_SPANS;
      const spans: Span[] = [];
      let at = MIN_SECRET_LENGTH - 1;
      while (at < text.length) {
        const step = steps[pair(text, at)] ?? 0;
        const from = at - MIN_SECRET_LENGTH + 1;
        if (step === 0) collectMatches(text, from, rowsByStart.get(hashStart(text, from)) ?? [], spans);
        at += step || 1;
      }
      return spans;
    },
  };
}

/** A prefix of a value counts if it has MIN_PREFIX_MATCH characters, or if the text ends there; a part of it unless it is a word. */
function collectMatches(text: string, from: number, rows: readonly Row[], into: Span[]): void {
  for (const { value, visiblePrefixLength, isPart } of rows) {
    const length = commonLength(value, text, from);
    const isMatch = isPart
      ? length >= MIN_PART_LENGTH && (length >= MIN_PREFIX_MATCH || !isWord(value.slice(0, length)))
      : length === value.length || length >= MIN_PREFIX_MATCH || from + length === text.length;
    if (isMatch && length >= MIN_SECRET_LENGTH && length > visiblePrefixLength)
      into.push([from + visiblePrefixLength, from + length]);
  }
}

/** A text such as `staging-` or `EXAMPLEKEY` occurs by chance. */
const isWord = (text: string): boolean => !/\d|[a-z][A-Z]/.test(text);

/** How many characters of the value the text has from `from` on. */
function commonLength(value: string, text: string, from: number): number {
  const limit = Math.min(value.length, text.length - from);
  let length = 0;
  while (length < limit && lowerCase(value.charCodeAt(length)) === lowerCase(text.charCodeAt(from + length))) length++;
  return length;
}

/** The value in the encodings that `unescapeLayers` does not undo: form encoding of blanks, base64 and base64url. */
export function encodedForms(value: string): string[] {
  const forms = [value];
  if (value.includes("+")) forms.push(value.replaceAll("+", " "));
  if (value.includes(" ")) forms.push(value.replaceAll(" ", "+"));
  const encodedPart = value.length > MAX_ENCODED_LENGTH ? value.slice(0, MAX_ENCODED_LENGTH) : value;
  const bytes = Buffer.from(`\0\0${encodedPart}`);
  for (const shift of [0, 1, 2]) {
    // The base64 of a longer text depends on the offset of the value modulo 3. `core` has the characters that do not depend
    // on what precedes or follows the value.
    const text = bytes.toString("base64", 2 - shift);
    const core = text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length - 2) * 4) / 3));
    forms.push(core);
    if (/[+/]/.test(core)) forms.push(core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}

/** In UTF-16 units. A longer value is an image: its encoded beginning is enough, the rest is found as image data. */
const MAX_ENCODED_LENGTH = 4096;
