/** A regular expression → why matching it may take for ever: a repetition of what repeats, with nothing between that tells where one ends. */

interface Atom {
  /** The text of one character or class, to be tried alone; of a group its branches. */
  readonly content: string | readonly Atom[][];
  readonly minRepeats: number;
  readonly isUnbounded: boolean;
}

/** Undefined where the pattern is harmless. It is known to compile. */
export function findReDoS(source: string): string | undefined {
  const reader = { at: 0, source };
  const nested = branchesOf(reader).flat().map(findNestedRepeat).find(Boolean);
  return nested
    ? `repeats what repeats itself, ${nested}, and may take for ever; write it with one repetition`
    : undefined;
}

interface Reader {
  at: number;
  readonly source: string;
}

function branchesOf(r: Reader): Atom[][] {
  const branches: Atom[][] = [[]];
  while (r.at < r.source.length && r.source[r.at] !== ")") {
    if (r.source[r.at] === "|") {
      r.at++;
      branches.push([]);
    } else branches.at(-1)?.push(atomOf(r));
  }
  return branches;
}

/** An escape, a class, a group, or any other character. */
const atomPattern =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|c.|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|./suy;
const quantifierPattern = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/uy;

function atomOf(r: Reader): Atom {
  atomPattern.lastIndex = r.at;
  const text = atomPattern.exec(r.source)?.[0] ?? "";
  r.at += Math.max(1, text.length);
  let content: Atom["content"] = text;
  if (text.startsWith("(")) {
    content = branchesOf(r);
    r.at++;
  }
  quantifierPattern.lastIndex = r.at;
  const times = quantifierPattern.exec(r.source);
  // What has no width parts nothing.
  if (/^(?:\(\?<?[=!]|[$^]|\\[bB])/.test(text)) return { content: "", minRepeats: 0, isUnbounded: false };
  if (!times) return { content, minRepeats: 1, isUnbounded: false };
  r.at += times[0].length;
  const [sign, from, range, to] = times;
  if (from === undefined) return { one: content, minRepeats: sign.startsWith("+") ? 1 : 0, isUnbounded: !sign.startsWith("?") };
  return { one: content, minRepeats: Number(from), isUnbounded: range !== undefined && to === "" };
}

/** A group that repeats without end must have, in each branch that does so too, something that is never part of that. */
function findNestedRepeat(atom: Atom): string | undefined {
  if (typeof atom.content === "string") return undefined;
  for (const branch of atom.content) {
    const inner = branch.map(findNestedRepeat).find(Boolean);
    if (inner) return inner;
    if (!atom.isUnbounded) continue;
    const loop = branch.find((a) => containsRepeat(a));
    if (loop && !branch.some((a) => a.minRepeats > 0 && !containsRepeat(a) && !overlap(a, loop))) return `(${toText(branch)})`;
  }
  if (!atom.isUnbounded) return undefined;
  const { content } = atom;
  const clash = content.some(([a, ...more], i) => {
    const others = content.filter((other, j) => j !== i && other.length > 0);
    return a !== undefined && more.length === 0 && others.some((other) => other.every((b) => overlap(a, b)));
  });
  return clash ? `(${content.map(toText).join("|")})` : undefined;
}

const containsRepeat = (a: Atom): boolean => a.isUnbounded || (typeof a.content !== "string" && a.content.flat().some(containsRepeat));

const toText = (atoms: readonly Atom[]): string =>
  atoms
    .map((a) => `${typeof a.content === "string" ? a.content : `(${a.content.map(toText).join("|")})`}${a.isUnbounded ? "*" : ""}`)
    .join("");

/** One of each kind of character is enough: classes seldom part within a kind. */
const probeCharacters = [...Array.from({ length: 0x250 }, (_, i) => String.fromCodePoint(i)), ..."бשع中あ한😀\u2003"];

const charactersOf = (a: Atom): Set<string> => {
  if (typeof a.content !== "string") return new Set(a.content.flat().flatMap((x) => [...charactersOf(x)]));
  try {
    const alone = new RegExp(`^(?:${a.content})$`, "su");
    return new Set(probeCharacters.filter((c) => alone.test(c)));
  } catch {
    return new Set();
  }
};

function overlap(a: Atom, b: Atom): boolean {
  const mine = charactersOf(a);
  return [...charactersOf(b)].some((c) => mine.has(c));
}
