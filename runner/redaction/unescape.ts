/** A text → itself, and what is left of it when its escapes are undone once, twice, …: each with the way back. */

export type Span = readonly [from: number, to: number];

export interface UnescapedText {
  readonly text: string;
  /** Where in the first text these characters stand; of an escape all of it. */
  span(from: number, to: number): Span;
}

/** JSON in a form in a string of JSON in a line of the log. */
const deepest = 4;

/** Of JSON, of a query or form (several bytes may be one character), of HTML. */
const escapes =
  /\\u([\da-f]{4})|\\(["\\/'bfnrt])|%([0-7][\da-f])|((?:%[89a-f][\da-f])+)|&#(\d{1,6});|&#x([\da-f]{1,5});|&(amp|lt|gt|quot|apos);/gi;
const letters: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const itself: UnescapedText["span"] = (from, to) => [from, to];

export function unescapeLayers(text: string): UnescapedText[] {
  let layer: UnescapedText = { text, span: itself };
  const layers = [layer];
  while (layers.length <= deepest) {
    const next = unescapeOnce(layer);
    if (!next) break;
    layers.push(next);
    layer = next;
  }
  return layers;
}

/** Null where there is no escape. */
function unescapeOnce(outer: UnescapedText): UnescapedText | null {
  if (!/[\\%&]/.test(outer.text)) return null;
  const marks: Mark[] = [];
  let text = "";
  let last = 0;
  for (const match of outer.text.matchAll(escapes)) {
    text += outer.text.slice(last, match.index);
    last = match.index + match[0].length;
    const meant = meaning(match);
    marks.push({ at: text.length, end: text.length + meant.length, from: match.index, to: last });
    text += meant;
  }
  if (marks.length === 0) return null;
  text += outer.text.slice(last);
  return {
    text,
    span(from, to) {
      const first = markBefore(marks, from);
      const final = markBefore(marks, to - 1);
      const begin = !first ? from : from < first.end ? first.from : first.to + from - first.end;
      const end = !final ? to : to <= final.end ? final.to : final.to + to - final.end;
      return outer.span(begin, end);
    },
  };
}

/** An escape: where its meaning stands in the new text, and where it stood itself in the old one. */
interface Mark {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

function meaning([, hex4, letter, ascii, bytes, decimal, hex, entity]: RegExpExecArray): string {
  if (letter !== undefined) return letters[letter] ?? letter;
  if (bytes !== undefined) return Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8");
  if (entity !== undefined) return entities[entity.toLowerCase()] ?? "";
  const code = decimal === undefined ? Number.parseInt(hex4 ?? ascii ?? hex ?? "", 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** The last one that begins at or before this place. */
function markBefore(marks: readonly Mark[], place: number): Mark | undefined {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.at ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return marks[low - 1];
}
