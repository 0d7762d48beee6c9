/** Values → where they stand in a text. However many they are, the text is read once, and of most of it not all. */
import type { Span } from "./unescape.ts";

export interface SubstringSearch {
  /** Of a value whose beginning may be shown, `kept` characters stay. */
  add(value: string, kept?: number): void;
  in(text: string): readonly Span[];
}

/** Shorter ones are not sought: they stand in half of all texts, and their absence would tell them. */
export const MIN_SECRET_LENGTH = 6;
/** So much of the beginning is a find as well: who quotes a secret often quotes a part of it. */
const MIN_PREFIX_MATCH = 12;
/** Values that begin alike, of which the last are sought: an answer could give thousands of them. */
const mostAlike = 256;
const nothing: readonly Span[] = [];

interface Row {
  readonly value: string;
  readonly kept: number;
}

/** Case makes no difference: names of headers come back in small letters. */
const small = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code);

/** Of the characters with which every find begins. */
function start(text: string, from: number): number {
  let hash = 0;
  for (let at = from; at < from + MIN_SECRET_LENGTH; at++)
    hash = (Math.imul(hash, 31) + small(text.charCodeAt(at))) | 0;
  return hash;
}

/** After Wu and Manber: two characters tell how far the next find is at least. `bits` is the size of that table. */
export function createSubstringSearch(bits = 14): SubstringSearch {
  const mask = (1 << bits) - 1;
  const steps = new Uint8Array(mask + 1).fill(MIN_SECRET_LENGTH - 1);
  const rows = new Map<number, Row[]>();
  const pair = (text: string, at: number): number =>
    ((small(text.charCodeAt(at - 1)) << 7) ^ small(text.charCodeAt(at))) & mask;
  return {
    add(value, kept = 0) {
      for (const form of encodedForms(value)) {
        if (form.length < MIN_SECRET_LENGTH) continue;
        for (let at = 1; at < MIN_SECRET_LENGTH; at++) {
          const key = pair(form, at);
          steps[key] = Math.min(steps[key] ?? 0, MIN_SECRET_LENGTH - 1 - at);
        }
        const key = start(form, 0);
        const mine = rows.get(key) ?? [];
        rows.set(key, mine);
        mine.push({ value: form, kept: form === value ? kept : 0 });
        if (mine.length > mostAlike) mine.shift();
      }
    },
    in(text) {
      if (rows.size === 0) return nothing;
      const spans: Span[] = [];
      let at = MIN_SECRET_LENGTH - 1;
      while (at < text.length) {
        const step = steps[pair(text, at)] ?? 0;
        const from = at - MIN_SECRET_LENGTH + 1;
        if (step === 0) collectMatches(text, from, rows.get(start(text, from)) ?? [], spans);
        at += step || 1;
      }
      return spans;
    },
  };
}

function collectMatches(text: string, from: number, rows: readonly Row[], into: Span[]): void {
  for (const { value, kept } of rows) {
    const length = shared(value, text, from);
    const enough = length === value.length || length >= MIN_PREFIX_MATCH || from + length === text.length;
    if (enough && length >= MIN_SECRET_LENGTH && length > kept) into.push([from + kept, from + length]);
  }
}

/** How many characters of the value stand at this place. */
function shared(value: string, text: string, from: number): number {
  const most = Math.min(value.length, text.length - from);
  let length = 0;
  while (length < most && small(value.charCodeAt(length)) === small(text.charCodeAt(from + length))) length++;
  return length;
}

/** How a value may be written where undoing escapes does not bring it back: blanks of a form, and base64. */
export function encodedForms(value: string): string[] {
  const forms = [value];
  if (value.includes("+")) forms.push(value.replaceAll("+", " "));
  if (value.includes(" ")) forms.push(value.replaceAll(" ", "+"));
  const bytes = Buffer.from(`\0\0${value.length > longest ? value.slice(0, longest) : value}`);
  for (const shift of [0, 1, 2]) {
    // Base64 of a text that holds the value depends on where in it the value begins: the characters that are always there.
    const text = bytes.toString("base64", 2 - shift);
    const core = text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length - 2) * 4) / 3));
    forms.push(core);
    if (/[+/]/.test(core)) forms.push(core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}

/** Of an image its beginning is enough: what follows is seen by its form. */
const longest = 4096;
