/**
 * The text of a known-failure file and a change for each entry → the new text. Entries that stay are kept byte by byte: the
 * parser gives the position of each entry, and the text is cut at these lines. Serializing the parsed document instead would
 * change the layout and could move a comment from one entry to another.
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

/** A list of ids replaces the glob of the entry by one entry per id; the comment above stays with the first. */
export type EntryChange = "keep" | "drop" | readonly string[];

export interface NewEntry extends FindingSignature {
  readonly case: string;
}

/** `changes`: one for each entry, in their order. `added`: appended to the list. */
export function editKnownYaml(text: string, changes: readonly EntryChange[], added: readonly NewEntry[]): string {
  if (added.length === 0 && changes.every((change) => change === "keep")) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const blockText = toBlockStyle(text, eol);
  const list = listOf(parseDocument(blockText, { keepSourceTokens: true }));
  const spans = spansOf(blockText, list);
  const itemIndent = spans[0]?.column ?? 2;
  let out = "";
  let from = 0;
  const append = (lines: string) => {
    out += out === "" || out.endsWith("\n") ? lines : eol + lines;
  };
  for (const [i, span] of spans.entries()) {
    const change = changes[i] ?? "keep";
    append(blockText.slice(from, change === "drop" ? span.above : span.start));
    from = span.end;
    if (change === "keep") append(blockText.slice(span.start, span.end));
    else if (change === "drop") from = skipBlankLine(blockText, out, from);
    else
      for (const id of change)
        append(blockText.slice(span.start, span.id[0]) + scalar(id) + blockText.slice(span.id[1], span.end));
  }
  const anyKept = changes.some((change) => change !== "drop");
  if (spans.length === 0) {
    // `known: []`, perhaps with a comment after or inside the brackets.
    const [open, close] = rangeOf(list);
    const end = endOfLine(blockText, close);
    const inside = blockText.slice(open + 1, close - 1);
    out = `${blockText.slice(0, open).trimEnd()}${inside.trim() === "" ? "" : inside}${blockText.slice(close, end)}`;
    from = end;
  }
  for (const entry of added) append(entryText(entry, itemIndent, eol));
  if (!anyKept && added.length === 0 && spans.length > 0) out = withEmptyList(out);
  append(blockText.slice(from));
  return out;
}

/** Position of an entry. Offsets are in UTF-16 units from the start of the text. */
interface Span {
  /** Start of the comment directly above the entry, which is dropped together with it. */
  readonly above: number;
  /** Start of its first line. */
  readonly start: number;
  /** End of its last line. Comments at the column of the dash belong to the next entry. */
  readonly end: number;
  /** Indentation of the dash. */
  readonly column: number;
  /** Start and end of the value of `case`. */
  readonly id: readonly [number, number];
}

function spansOf(text: string, list: YAMLSeq): Span[] {
  const tokens =
    (list.srcToken as { items?: { start: { type: string; offset: number }[] }[] } | undefined)?.items ?? [];
  const dashes = list.items.map((_, i) => tokens[i]?.start.find((t) => t.type === "seq-item-ind")?.offset ?? 0);
  let previousEnd = startOfLine(text, dashes[0] ?? 0);
  return list.items.map((item, i) => {
    const dash = dashes[i] ?? 0;
    const start = startOfLine(text, dash);
    const column = dash - start;
    const above = scanUp(text, start, i === 0 ? 0 : previousEnd, /^[ \t]*#/);
    const gap = new RegExp(`^(?:\\s*| {0,${column}}#.*|\\.\\.\\..*)\\r?\\n?$`);
    const next = dashes[i + 1];
    const end = scanUp(text, next === undefined ? text.length : startOfLine(text, next), start, gap);
    previousEnd = end;
    const id = (item as YAMLMap).get("case", true) as Scalar;
    return { above, start, end, column, id: rangeOf(id) };
  });
}

/** `from`: the start of a line. Returns the start of the first of the lines above it that all match `pattern`, not before `limit`. */
function scanUp(text: string, from: number, limit: number, pattern: RegExp): number {
  let start = from;
  while (start > limit) {
    const previous = startOfLine(text, start - 1);
    if (previous < limit || !pattern.test(text.slice(previous, start))) break;
    start = previous;
  }
  return start;
}

/** After a dropped entry: skips the blank line below it if the output already ends with the blank line above it. */
function skipBlankLine(text: string, out: string, from: number): number {
  const blank = /^[ \t]*\r?\n/.exec(text.slice(from, from + 1000));
  return blank && /(?:^|\n)[ \t]*\r?\n$/.test(out) ? from + blank[0].length : from;
}

/** Adds `[]` after `known:`, which without a value would mean null. */
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

/**
 * Serializes the text in block style where its entries cannot be edited line by line: a list or map in brackets, aliases,
 * or a `case` that is a block scalar. All other texts are returned unchanged.
 */
function toBlockStyle(text: string, eol: string): string {
  const doc = parseDocument(text);
  const list = listOf(doc);
  let hasAlias = false;
  visit(doc, {
    Alias: () => {
      hasAlias = true;
    },
  });
  const idInBlock = list.items.some((item) => isMap(item) && /^BLOCK/.test(idOf(item).type ?? ""));
  const isFlowStyle = (isMap(doc.contents) && doc.contents.flow) || (list.flow && list.items.length > 0);
  if (!hasAlias && !isFlowStyle && !idInBlock) return text;
  visit(doc, { Alias: (_, node) => node.resolve(doc)?.clone() as Scalar | undefined });
  visit(doc, {
    Node: (_, node) => {
      if ("anchor" in node) delete node.anchor;
    },
  });
  if (isMap(doc.contents)) doc.contents.flow = false;
  list.flow = false;
  for (const item of list.items) if (isMap(item) && /^BLOCK/.test(idOf(item).type ?? "")) idOf(item).type = "PLAIN";
  const blockText = doc.toString({ lineWidth: 0, flowCollectionPadding: false });
  return eol === "\n" ? blockText : blockText.replace(/\r?\n/g, eol);
}

const idOf = (item: YAMLMap): Scalar => item.get("case", true) as Scalar;

function listOf(doc: Document): YAMLSeq {
  const list = isMap(doc.contents) ? doc.contents.get("known", true) : undefined;
  if (!isSeq(list)) throw new Error("the known-failure file has no list under `known`");
  return list;
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (node as { range?: readonly number[] | null } | undefined)?.range ?? [];
  return [start, end];
}

const startOfLine = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
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

/** A YAML scalar: plain where it can only be read as this string, else double-quoted with escapes for all but printable ASCII. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_/][\w./@*+-]*(?::[\w./@*+-]+)*$/.test(text) && !/^(?:null|true|false)$/i.test(text);
  if (isPlain) return text;
  return JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
