/** A problem of a file that assay reads: its location, and a message that names the key, the problem and the remedy. */

export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

export const formatProblem = (p: Problem): string => `${p.file}:${p.line}:${p.column}: ${p.message}`;

/** `parameters.GroupId.schema: `, with which the message about a key begins; empty for the file as a whole. */
export const keyPrefix = (path: readonly (string | number)[]): string => (path.length > 0 ? `${path.join(".")}: ` : "");

/** As many suggestions as can be read at a glance. */
const MAX_SUGGESTIONS = 3;
/** Longer lists of names are cut. */
const MAX_LISTED_NAMES = 20;

/** The names that differ from the word in few letters, the nearest first. */
function nearest(word: string, names: Iterable<string>): string[] {
  const candidates = [...new Set(names)]
    .map((name) => ({ name, edits: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(2, Math.floor(name.length / 3)));
  return candidates
    .sort((a, b) => a.edits - b.edits)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}

/** Levenshtein distance, in UTF-16 units. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** `; did you mean A or B?`, or an empty text where no name is near to the word. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const suggestions = nearest(word, names);
  return suggestions.length ? `; did you mean ${suggestions.join(" or ")}?` : "";
}

/** `; did you mean A?`, or a list of the names where none is near to the word. */
export function suggestNames(word: string, names: Iterable<string>): string {
  const distinct = [...new Set(names)];
  return didYouMean(word, distinct) || `; there are ${distinct.slice(0, MAX_LISTED_NAMES).join(", ") || "none"}`;
}
