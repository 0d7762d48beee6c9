/** A regular expression → the reason why matching it may take exponential time (ReDoS): an unbounded repetition whose content can match the same text in several ways. */

interface Atom {
  /** The pattern of one character or class; of a group its branches, each a list of atoms. */
  readonly content: string | readonly Atom[][];
  readonly minRepeats: number;
  /** True for the quantifiers `*`, `+` and `{n,}`. */
  readonly isUnbounded: boolean;
}

/** Undefined where the pattern is harmless. The pattern must be one that compiles. */
export function findReDoS(source: string): string | undefined {
  const reader = { at: 0, source };
  const nested = branchesOf(reader).flat().map(findNestedRepeat).find(Boolean);
  return nested
    ? `repeats ${nested}, which can match the same text in several ways, so that matching may take exponential time; rewrite it with one repetition`
    : undefined;
}

interface Reader {
  /** Index into the source, in UTF-16 units. */
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

/** An escape, a class, the beginning of a group, or any other character. */
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
  const quantifier = quantifierPattern.exec(r.source);
  // Assertions match no character, so they separate nothing.
  if (/^(?:\(\?<?[=!]|[$^]|\\[bB])/.test(text)) return { content: "", minRepeats: 0, isUnbounded: false };
  if (!quantifier) return { content, minRepeats: 1, isUnbounded: false };
  r.at += quantifier[0].length;
  const [sign, from, range, to] = quantifier;
  if (from === undefined)
    return { content, minRepeats: sign.startsWith("+") ? 1 : 0, isUnbounded: !sign.startsWith("?") };
  return { content, minRepeats: Number(from), isUnbounded: range !== undefined && to === "" };
}

/**
 * The branches of an unbounded group that make it ambiguous, as text. A branch that contains a repetition is safe only
 * with a required atom whose characters are never part of that repetition. Two branches are ambiguous where one is a
 * single atom whose characters overlap with each atom of the other.
 */
function findNestedRepeat(atom: Atom): string | undefined {
  if (typeof atom.content === "string") return undefined;
  for (const branch of atom.content) {
    const inner = branch.map(findNestedRepeat).find(Boolean);
    if (inner) return inner;
    if (!atom.isUnbounded) continue;
    const loop = branch.find((a) => containsRepeat(a));
    if (loop && !branch.some((a) => a.minRepeats > 0 && !containsRepeat(a) && !overlap(a, loop)))
      return `(${toText(branch)})`;
  }
  if (!atom.isUnbounded) return undefined;
  const { content } = atom;
  const isAmbiguous = content.some(([a, ...more], i) => {
    const others = content.filter((other, j) => j !== i && other.length > 0);
    return a !== undefined && more.length === 0 && others.some((other) => other.every((b) => overlap(a, b)));
  });
  return isAmbiguous ? `(${content.map(toText).join("|")})` : undefined;
}

const containsRepeat = (a: Atom): boolean =>
  a.isUnbounded || (typeof a.content !== "string" && a.content.flat().some(containsRepeat));

const toText = (atoms: readonly Atom[]): string =>
  atoms
    .map(
      (a) =>
        `${typeof a.content === "string" ? a.content : `(${a.content.map(toText).join("|")})`}${a.isUnbounded ? "*" : ""}`,
    )
    .join("");

/** U+0000 to U+024F, and one character of each larger kind: classes seldom distinguish characters of one kind. */
const probeCharacters = [...Array.from({ length: 0x250 }, (_, i) => String.fromCodePoint(i)), ..."бשع中あ한😀\u2003"];

const charactersOf = (a: Atom): Set<string> => {
  if (typeof a.content !== "string") return new Set(a.content.flat().flatMap((x) => [...charactersOf(x)]));
  try {
    const wholeText = new RegExp(`^(?:${a.content})$`, "su");
    return new Set(probeCharacters.filter((c) => wholeText.test(c)));
  } catch {
    return new Set();
  }
};

/** True where some character matches both. */
function overlap(a: Atom, b: Atom): boolean {
  const charactersOfA = charactersOf(a);
  return [...charactersOf(b)].some((c) => charactersOfA.has(c));
}
