/** The nodes of a YAML document → what YAML lets pass and no file of ours may hold. */
import { type CST, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";

/** At an offset of the text. */
export type ReportAt = (offset: number, message: string) => void;

/** Deeper than any file has a use for, and far from where a parser runs out of stack. */
const MAX_DEPTH = 100;
/** Nodes once every alias is written out; the built-in files have some thousands. */
const MAX_NODES = 200_000;

/** True where the text nests too deep or something stays open; found without recursion, before anything recurses over it. */
export function isTooDeepOrUnclosed(tokens: readonly CST.Token[], tell: ReportAt): boolean {
  const todo = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { token, depth } = next;
    const fault = depth > MAX_DEPTH ? deepWords : openWords(token);
    if (fault !== undefined) {
      tell(token.offset, fault);
      return true;
    }
    if (token.type === "document" && token.value) todo.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const { key, value } of token.items as { key?: CST.Token | null; value?: CST.Token }[]) {
      if (key) todo.push({ token: key, depth: depth + 1 });
      if (value) todo.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}

const deepWords = `lists and mappings stand in one another more than ${MAX_DEPTH} deep; no file needs that`;

/** Parsers tell of what was never closed at the end of the file; it helps to know where it was opened. */
function openWords(token: CST.Token): string | undefined {
  if (token.type === "double-quoted-scalar" || token.type === "single-quoted-scalar") {
    const quote = token.type === "double-quoted-scalar" ? '"' : "'";
    const closed = token.source.length > 1 && token.source.endsWith(quote);
    return closed ? undefined : `is no YAML: the quote ${quote} is never closed`;
  }
  if (token.type !== "flow-collection") return undefined;
  const [opening, closing] = token.start.type === "flow-seq-start" ? ["[", "]"] : ["{", "}"];
  const closed = token.end.some(({ source }) => source === closing);
  return closed ? undefined : `is no YAML: ${opening} is never closed by ${closing}`;
}

const plainTags = new Set(["str", "int", "float", "bool", "null", "map", "seq"].map((t) => `tag:yaml.org,2002:${t}`));

/** Anchors are read in the order of the text: an alias names what stands before it. */
export function reportUnsupportedNodes(root: Node | null, tell: ReportAt): void {
  const anchors = new Map<string, number | "open">();
  let told = false;

  function sizeOf(node: unknown): number {
    if (isAlias(node)) return named(node.source, nodeOffset(node));
    if (isNode(node) && node.tag !== undefined && !plainTags.has(node.tag))
      tell(
        nodeOffset(node),
        `the tag ${node.tag.replace("tag:yaml.org,2002:", "!!")} makes no plain value; take it out`,
      );
    if (isScalar(node)) {
      if (typeof node.value === "number") numberFault(node.source ?? "", node.value, nodeOffset(node), tell);
      if (node.anchor) anchors.set(node.anchor, 1);
      return 1;
    }
    if (!isMap(node) && !isSeq(node)) return 1;
    if (node.anchor) anchors.set(node.anchor, "open");
    let size = 1;
    if (isMap(node)) {
      keyFaults(node.items, nodeOffset(node), tell);
      for (const pair of node.items) size += sizeOf(pair.key) + sizeOf(pair.value);
    } else for (const item of node.items) size += sizeOf(item);
    if (node.anchor) anchors.set(node.anchor, size);
    return size;
  }

  function named(name: string, offset: number): number {
    const size = anchors.get(name);
    if (size === undefined) tell(offset, `*${name} names no anchor; write &${name} before the value that it repeats`);
    if (size === "open") tell(offset, `*${name} stands within the value that it repeats, so it would have no end`);
    if (typeof size !== "number") return 1;
    if (size > MAX_NODES && !told) {
      told = true;
      tell(
        offset,
        `with *${name} the aliases make more than ${MAX_NODES} values of this file; write out what is meant`,
      );
    }
    return size;
  }

  sizeOf(root);
}

function numberFault(source: string, value: number, offset: number, tell: ReportAt): void {
  const kept = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (!kept) tell(offset, `the number ${source.slice(0, 40)} cannot be kept as it stands; write it in quotes`);
}

function keyFaults(items: readonly Pair[], home: number, tell: ReportAt): void {
  const seen = new Set<string>();
  for (const { key } of items) {
    const offset = nodeOffset(key) || home;
    if (!isScalar(key)) {
      tell(offset, "a key is a list, a mapping or an alias; expected a word");
      continue;
    }
    const name = String(key.value);
    if (key.value === null) tell(offset, "a key is missing before the colon");
    else if (name === "<<")
      tell(offset, 'the key "<<" would merge another mapping in, which is not done here; write its keys out');
    else if (name === "__proto__") tell(offset, 'the key "__proto__" may not stand in any file of assay; take it out');
    else if (typeof key.value !== "string" && key.source !== name)
      tell(offset, `the key ${key.source} would be read as ${name}; write it in quotes`);
    else if (seen.has(name)) tell(offset, `the key "${name}" stands here twice; keep one`);
    seen.add(name);
  }
}

export function nodeOffset(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? 0;
}
