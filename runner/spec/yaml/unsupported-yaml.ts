/** The nodes of a YAML document → problems for what YAML allows and assay's files must not contain. */
import { type CST, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";

/** Reports a problem at an offset of the text, in UTF-16 units. */
export type ReportAt = (offset: number, message: string) => void;

/** No file needs a deeper nesting, and the recursive parser has stack for many times this depth. */
const MAX_DEPTH = 100;
/** Values of a file once every alias is replaced by what it names; the built-in files have a few thousand. */
const MAX_NODES = 200_000;

/** True where a list, mapping or quote is never closed, or the nesting is too deep. Not recursive, because deep nesting would overflow the stack. */
export function isTooDeepOrUnclosed(tokens: readonly CST.Token[], report: ReportAt): boolean {
  const pending = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { token, depth } = next;
    const problem = depth > MAX_DEPTH ? tooDeepMessage : unclosedMessage(token);
    if (problem !== undefined) {
      report(token.offset, problem);
      return true;
    }
    if (token.type === "document" && token.value) pending.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const { key, value } of token.items as { key?: CST.Token | null; value?: CST.Token }[]) {
      if (key) pending.push({ token: key, depth: depth + 1 });
      if (value) pending.push({ token: value, depth: depth + 1 });
    }
  }
  return false;
}

const tooDeepMessage = `lists and mappings are nested more than ${MAX_DEPTH} levels deep; write them with fewer levels`;

/** The parser reports an unclosed bracket or quote at the end of the file; here it is reported where it was opened. */
function unclosedMessage(token: CST.Token): string | undefined {
  if (token.type === "double-quoted-scalar" || token.type === "single-quoted-scalar") {
    const quote = token.type === "double-quoted-scalar" ? '"' : "'";
    const closed = token.source.length > 1 && token.source.endsWith(quote);
    return closed ? undefined : `invalid YAML: the quote ${quote} is never closed`;
  }
  if (token.type !== "flow-collection") return undefined;
  const [opening, closing] = token.start.type === "flow-seq-start" ? ["[", "]"] : ["{", "}"];
  const closed = token.end.some(({ source }) => source === closing);
  return closed ? undefined : `invalid YAML: ${opening} is never closed by ${closing}`;
}

const plainTags = new Set(["str", "int", "float", "bool", "null", "map", "seq"].map((t) => `tag:yaml.org,2002:${t}`));

/** Visits the nodes in the order of the text: an alias names an anchor before it. */
export function reportUnsupportedNodes(root: Node | null, report: ReportAt): void {
  /** By anchor: the number of values behind it; `incomplete` while its own value is visited. */
  const anchors = new Map<string, number | "incomplete">();
  let reportedTooLarge = false;

  function sizeOf(node: unknown): number {
    if (isAlias(node)) return sizeOfAlias(node.source, nodeOffset(node));
    if (isNode(node) && node.tag !== undefined && !plainTags.has(node.tag))
      report(
        nodeOffset(node),
        `the tag ${node.tag.replace("tag:yaml.org,2002:", "!!")} does not give a plain value; remove it`,
      );
    if (isScalar(node)) {
      if (typeof node.value === "number") reportNumber(node.source ?? "", node.value, nodeOffset(node), report);
      if (node.anchor) anchors.set(node.anchor, 1);
      return 1;
    }
    if (!isMap(node) && !isSeq(node)) return 1;
    if (node.anchor) anchors.set(node.anchor, "incomplete");
    let size = 1;
    if (isMap(node)) {
      reportKeys(node.items, nodeOffset(node), report);
      for (const pair of node.items) size += sizeOf(pair.key) + sizeOf(pair.value);
    } else for (const item of node.items) size += sizeOf(item);
    if (node.anchor) anchors.set(node.anchor, size);
    return size;
  }

  function sizeOfAlias(name: string, offset: number): number {
    const size = anchors.get(name);
    if (size === undefined) report(offset, `*${name} names no anchor; write &${name} before the value to repeat`);
    if (size === "incomplete")
      report(offset, `*${name} is part of the value that it repeats, which would never end; write out the value`);
    if (typeof size !== "number") return 1;
    if (size > MAX_NODES && !reportedTooLarge) {
      reportedTooLarge = true;
      report(offset, `with *${name} the aliases expand to more than ${MAX_NODES} values; use fewer aliases`);
    }
    return size;
  }

  sizeOf(root);
}

/** Digits of a number that a message repeats. */
const MAX_SHOWN_DIGITS = 40;

/** Such as 100.0, which is a number in whatever key it is. */
const WITH_ZEROS = /^-?\d+\.0+$/;

/** A number that is written in another way than its value may be meant as a text: the account 0123, the code 1e11, the section 1.10. */
function reportNumber(source: string, value: number, offset: number, report: ReportAt): void {
  const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  const written = source.slice(0, MAX_SHOWN_DIGITS);
  if (!isExact) report(offset, `the number ${written} cannot be represented exactly; write it in quotes as a text`);
  else if (source !== String(value) && !(WITH_ZEROS.test(source) && Number.parseFloat(source) === value))
    report(
      offset,
      `${written} without quotes is the number ${value}; write '${written}' for the text, ${value} for the number`,
    );
}

function reportKeys(items: readonly Pair[], mapOffset: number, report: ReportAt): void {
  const seen = new Set<string>();
  for (const { key } of items) {
    const offset = nodeOffset(key) || mapOffset;
    if (!isScalar(key)) {
      report(offset, "a key is a list, a mapping or an alias; write a plain text as key");
      continue;
    }
    const name = String(key.value);
    if (key.value === null) report(offset, "the key before the colon is missing; write one");
    else if (name === "<<")
      report(offset, 'merging another mapping with the key "<<" is not supported; write out its keys');
    else if (name === "__proto__") report(offset, 'the key "__proto__" is not allowed; remove it');
    else if (typeof key.value !== "string" && key.source !== name)
      report(offset, `the key ${key.source} would be read as ${name}; write it in quotes`);
    else if (seen.has(name)) report(offset, `the key "${name}" appears twice in this mapping; remove one`);
    seen.add(name);
  }
}

/** The offset at which a node begins; 0 where it has none. */
export function nodeOffset(node: unknown): number {
  const range = (node as { range?: readonly number[] | null } | null)?.range;
  return range?.[0] ?? 0;
}
