/** A regular expression → why matching it may take for ever: a repetition of what repeats, with nothing between that tells where one ends. */

interface Atom {
  /** The text of one character or class, to be tried alone; of a group its branches. */
  readonly one: string | readonly Atom[][];
  readonly least: number;
  readonly endless: boolean;
}

/** Undefined where the pattern is harmless. It is known to compile. */
export function findReDoS(source: string): string | undefined {
  const reader = { at: 0, source };
  const found = branchesOf(reader).flat().map(faultOf).find(Boolean);
  return found
    ? `repeats what repeats itself, ${found}, and may take for ever; write it with one repetition`
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
const piece =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|k<[^>]*>|c.|.)|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|./suy;
const quantifier = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/uy;

function atomOf(r: Reader): Atom {
  piece.lastIndex = r.at;
  const text = piece.exec(r.source)?.[0] ?? "";
  r.at += Math.max(1, text.length);
  let one: Atom["one"] = text;
  if (text.startsWith("(")) {
    one = branchesOf(r);
    r.at++;
  }
  quantifier.lastIndex = r.at;
  const times = quantifier.exec(r.source);
  // What has no width parts nothing.
  if (/^(?:\(\?<?[=!]|[$^]|\\[bB])/.test(text)) return { one: "", least: 0, endless: false };
  if (!times) return { one, least: 1, endless: false };
  r.at += times[0].length;
  const [sign, from, range, to] = times;
  if (from === undefined) return { one, least: sign.startsWith("+") ? 1 : 0, endless: !sign.startsWith("?") };
  return { one, least: Number(from), endless: range !== undefined && to === "" };
}

/** A group that repeats without end must have, in each branch that does so too, something that is never part of that. */
function faultOf(atom: Atom): string | undefined {
  if (typeof atom.one === "string") return undefined;
  for (const branch of atom.one) {
    const inner = branch.map(faultOf).find(Boolean);
    if (inner) return inner;
    if (!atom.endless) continue;
    const loop = branch.find((a) => repeats(a));
    if (loop && !branch.some((a) => a.least > 0 && !repeats(a) && !meet(a, loop))) return `(${shown(branch)})`;
  }
  if (!atom.endless) return undefined;
  const { one } = atom;
  const clash = one.some(([a, ...more], i) => {
    const others = one.filter((other, j) => j !== i && other.length > 0);
    return a !== undefined && more.length === 0 && others.some((other) => other.every((b) => meet(a, b)));
  });
  return clash ? `(${one.map(shown).join("|")})` : undefined;
}

const repeats = (a: Atom): boolean => a.endless || (typeof a.one !== "string" && a.one.flat().some(repeats));

const shown = (atoms: readonly Atom[]): string =>
  atoms
    .map((a) => `${typeof a.one === "string" ? a.one : `(${a.one.map(shown).join("|")})`}${a.endless ? "*" : ""}`)
    .join("");

/** One of each kind of character is enough: classes seldom part within a kind. */
const tried = [...Array.from({ length: 0x250 }, (_, i) => String.fromCodePoint(i)), ..."бשع中あ한😀\u2003"];

const charactersOf = (a: Atom): Set<string> => {
  if (typeof a.one !== "string") return new Set(a.one.flat().flatMap((x) => [...charactersOf(x)]));
  try {
    const alone = new RegExp(`^(?:${a.one})$`, "su");
    return new Set(tried.filter((c) => alone.test(c)));
  } catch {
    return new Set();
  }
};

function meet(a: Atom, b: Atom): boolean {
  const mine = charactersOf(a);
  return [...charactersOf(b)].some((c) => mine.has(c));
}
