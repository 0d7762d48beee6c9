/** A text → the text and the results of undoing its escapes once, twice, …; each result can map its positions back to the text. */

export type Span = readonly [from: number, to: number];

export interface UnescapedText {
  readonly text: string;
  /** The span of the original text that these characters come from. Escapes are included as a whole. */
  originalSpan(from: number, to: number): Span;
}

/** Enough for JSON in a form in a JSON string in a line of the log. */
const MAX_UNESCAPE_DEPTH = 4;

/** Escapes of JSON, of queries and forms (several bytes may be one character), and of HTML. */
const ESCAPES =
  /\\u([\da-f]{4})|\\(["\\/'bfnrt])|%([0-7][\da-f])|((?:%[89a-f][\da-f])+)|&#(\d{1,6});|&#x([\da-f]{1,5});|&(amp|lt|gt|quot|apos);/gi;
const JSON_ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const HTML_ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const sameSpan: UnescapedText["originalSpan"] = (from, to) => [from, to];

export function unescapeLayers(text: string): UnescapedText[] {
  let layer: UnescapedText = { text, originalSpan: sameSpan };
  const layers = [layer];
  while (layers.length <= MAX_UNESCAPE_DEPTH) {
    const next = unescapeOnce(layer);
    if (!next) break;
    layers.push(next);
    layer = next;
  }
  return layers;
}

/** Null if there is no escape. */
function unescapeOnce(outer: UnescapedText): UnescapedText | null {
  if (!/[\\%&]/.test(outer.text)) return null;
  const escapes: Escape[] = [];
  let text = "";
  let last = 0;
  for (const match of outer.text.matchAll(ESCAPES)) {
    text += outer.text.slice(last, match.index);
    last = match.index + match[0].length;
    const decoded = decodeEscape(match);
    escapes.push({ from: text.length, to: text.length + decoded.length, outerFrom: match.index, outerTo: last });
    text += decoded;
  }
  if (escapes.length === 0) return null;
  text += outer.text.slice(last);
  return {
    text,
    originalSpan(from, to) {
      const first = escapeBefore(escapes, from);
      const final = escapeBefore(escapes, to - 1);
      const begin = !first ? from : from < first.to ? first.outerFrom : first.outerTo + from - first.to;
      const end = !final ? to : to <= final.to ? final.outerTo : final.outerTo + to - final.to;
      return outer.originalSpan(begin, end);
    },
  };
}

/** The position of a decoded escape in the new text, and of the escape itself in the outer text. */
interface Escape {
  readonly from: number;
  readonly to: number;
  readonly outerFrom: number;
  readonly outerTo: number;
}

function decodeEscape([, hex4, letter, ascii, bytes, decimal, hex, entity]: RegExpExecArray): string {
  if (letter !== undefined) return JSON_ESCAPES[letter] ?? letter;
  if (bytes !== undefined) return Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8");
  if (entity !== undefined) return HTML_ENTITIES[entity.toLowerCase()] ?? "";
  const code = decimal === undefined ? Number.parseInt(hex4 ?? ascii ?? hex ?? "", 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** The last escape that begins at or before `position` in the new text. */
function escapeBefore(escapes: readonly Escape[], position: number): Escape | undefined {
  let low = 0;
  let high = escapes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((escapes[middle]?.from ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return escapes[low - 1];
}
