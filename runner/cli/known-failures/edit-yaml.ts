/**
 * The text of a known-failure file and a change for each entry → the new text. What stays is not touched by a byte: the
 * document says where each entry stands, and the lines are cut there. Written out again it would lay the lines anew, and
 * give a comment between two entries now to the one, now to the other.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { FindingSignature } from "../../check/finding-signature.ts";

/** The ids that an entry is narrowed to; the first keeps the comment above it. */
export type EntryChange = "keep" | "drop" | readonly string[];

export interface NewEntry extends FindingSignature {
  readonly case: string;
}

export function editKnownYaml(text: string, changes: readonly EntryChange[], added: readonly NewEntry[]): string {
  if (added.length === 0 && changes.every((change) => change === "keep")) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const plain = toBlockStyle(text, eol);
  const list = listOf(parseDocument(plain, { keepSourceTokens: true }));
  const spans = spansOf(plain, list);
  const itemIndent = spans[0]?.column ?? 2;
  let out = "";
  let from = 0;
  const line = (words: string) => {
    out += out === "" || out.endsWith("\n") ? words : eol + words;
  };
  for (const [i, span] of spans.entries()) {
    const change = changes[i] ?? "keep";
    line(plain.slice(from, change === "drop" ? span.above : span.start));
    from = span.end;
    if (change === "keep") line(plain.slice(span.start, span.end));
    else if (change === "drop") from = skipBlankLine(plain, out, from);
    else
      for (const id of change)
        line(plain.slice(span.start, span.id[0]) + scalar(id) + plain.slice(span.id[1], span.end));
  }
  const kept = changes.some((change) => change !== "drop");
  if (spans.length === 0) {
    // `known: []`, perhaps with a comment behind or within.
    const [open, close] = rangeOf(list);
    const end = endOfLine(plain, close);
    const inside = plain.slice(open + 1, close - 1);
    out = `${plain.slice(0, open).trimEnd()}${inside.trim() === "" ? "" : inside}${plain.slice(close, end)}`;
    from = end;
  }
  for (const entry of added) line(entryText(entry, itemIndent, eol));
  if (!kept && added.length === 0 && spans.length > 0) out = withEmptyList(out);
  line(plain.slice(from));
  return out;
}

interface Span {
  /** Offset of the comment right above the entry, which goes with it. */
  readonly above: number;
  /** Offset of its first line. */
  readonly start: number;
  /** Offset after its last line; further comments at the dash's level are the next entry's. */
  readonly end: number;
  readonly column: number;
  /** Where the value of `case` stands. */
  readonly id: readonly [number, number];
}

function spansOf(text: string, list: YAMLSeq): Span[] {
  const tokens =
    (list.srcToken as { items?: { start: { type: string; offset: number }[] }[] } | undefined)?.items ?? [];
  const dashes = list.items.map((_, i) => tokens[i]?.start.find((t) => t.type === "seq-item-ind")?.offset ?? 0);
  let before = startOfLine(text, dashes[0] ?? 0);
  return list.items.map((item, i) => {
    const itemIndent = dashes[i] ?? 0;
    const start = startOfLine(text, itemIndent);
    const column = itemIndent - start;
    const above = scanUp(text, start, i === 0 ? 0 : before, /^[ \t]*#/);
    const gap = new RegExp(`^(?:\\s*| {0,${column}}#.*|\\.\\.\\..*)\\r?\\n?$`);
    const next = dashes[i + 1];
    const end = scanUp(text, next === undefined ? text.length : startOfLine(text, next), start, gap);
    before = end;
    const id = (item as YAMLMap).get("case", true) as Scalar;
    return { above, start, end, column, id: rangeOf(id) };
  });
}

/** From an offset at the start of a line up over the lines that look so, no further than `least`. */
function scanUp(text: string, from: number, least: number, looks: RegExp): number {
  let at = from;
  while (at > least) {
    const previous = startOfLine(text, at - 1);
    if (previous < least || !looks.test(text.slice(previous, at))) break;
    at = previous;
  }
  return at;
}

/** Where an entry went, one of the blank lines around it goes too. */
function skipBlankLine(text: string, out: string, from: number): number {
  const blank = /^[ \t]*\r?\n/.exec(text.slice(from, from + 1000));
  return blank && /(?:^|\n)[ \t]*\r?\n$/.test(out) ? from + blank[0].length : from;
}

/** The key alone would say null. */
function withEmptyList(text: string): string {
  const key = keyOf(parseDocument(text));
  const colon = text.indexOf(":", key) + 1;
  return `${text.slice(0, colon)} []${text.slice(colon)}`;
}

function keyOf(doc: Document): number {
  const pair = isMap(doc.contents)
    ? doc.contents.items.find((p) => isScalar(p.key) && p.key.value === "known")
    : undefined;
  return rangeOf(pair?.key)[1];
}

/** A list in brackets, or one with anchors, has no lines of its own for each entry: it is laid out first. */
function toBlockStyle(text: string, eol: string): string {
  const doc = parseDocument(text);
  const list = listOf(doc);
  let named = false;
  visit(doc, {
    Alias: () => {
      named = true;
    },
  });
  const idInBlock = list.items.some((item) => isMap(item) && /^BLOCK/.test(idOf(item).type ?? ""));
  const flows = (isMap(doc.contents) && doc.contents.flow) || (list.flow && list.items.length > 0);
  if (!named && !flows && !idInBlock) return text;
  visit(doc, { Alias: (_, node) => node.resolve(doc)?.clone() as Scalar | undefined });
  visit(doc, {
    Node: (_, node) => {
      if ("anchor" in node) delete node.anchor;
    },
  });
  if (isMap(doc.contents)) doc.contents.flow = false;
  list.flow = false;
  for (const item of list.items) if (isMap(item) && /^BLOCK/.test(idOf(item).type ?? "")) idOf(item).type = "PLAIN";
  const laid = doc.toString({ lineWidth: 0, flowCollectionPadding: false });
  return eol === "\n" ? laid : laid.replace(/\r?\n/g, eol);
}

const idOf = (item: YAMLMap): Scalar => item.get("case", true) as Scalar;

function listOf(doc: Document): YAMLSeq {
  const list = isMap(doc.contents) ? doc.contents.get("known", true) : undefined;
  if (!isSeq(list)) throw new Error("a known-failure file without a list");
  return list;
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (node as { range?: readonly number[] | null } | undefined)?.range ?? [];
  return [start, end];
}

const startOfLine = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : at + 1;
}

function entryText(entry: NewEntry, column: number, eol: string): string {
  const lines = [
    `- case: ${scalar(entry.case)}`,
    `  check: ${scalar(entry.check)}`,
    `  location: ${scalar(entry.location)}`,
    ...(entry.expected.length > 0 ? [`  expected: [${entry.expected.map(scalar).join(", ")}]`] : []),
    `  actual: ${scalar(entry.actual)}`,
    `  reason: '' # fill in`,
  ];
  return lines.map((line) => `${" ".repeat(column)}${line}${eol}`).join("");
}

/** Plain where nobody could take it for something else; else quoted, in characters that every editor shows. */
function scalar(text: string): string {
  const plain = /^[A-Za-z_/][\w./@*+-]*(?::[\w./@*+-]+)*$/.test(text) && !/^(?:null|true|false)$/i.test(text);
  if (plain) return text;
  return JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
