/** A problem of a file that assay reads: its location, and a message that names the key, the problem and the remedy. */
import leven from "leven";

/** An error in a file, with the place where it is. */
export interface Problem {
  /** Path of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `KEY: problem; remedy`. */
  readonly message: string;
}

/** `FILE:LINE:COLUMN: message`. */
export const formatProblem = (p: Problem): string => `${p.file}:${p.line}:${p.column}: ${p.message}`;

/** `parameters.GroupId.schema: `, with which the message about a key begins; empty for the file as a whole. */
export const keyPrefix = (path: readonly (string | number)[]): string => (path.length > 0 ? `${path.join(".")}: ` : "");

/** As many suggestions as can be read at a glance. */
const MAX_SUGGESTIONS = 3;
/** Longer lists of names are cut. */
const MAX_LISTED_NAMES = 20;

/** A third of the letters, so that a word of several that lacks one of them is still found. */
const fewEdits = (name: string): number => Math.max(2, Math.floor(name.length / 3));

/** The names that differ from the word in few letters, the nearest first. */
function nearest(word: string, names: Iterable<string>, maxEdits: (name: string) => number): string[] {
  const candidates = [...new Set(names)]
    .map((name) => ({ name, edits: leven(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= maxEdits(name));
  return candidates
    .sort((a, b) => a.edits - b.edits)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}

/** `; did you mean A or B?`, or an empty text where no name is near to the word. `maxEdits`: of the letters, by name. */
export function didYouMean(word: string, names: Iterable<string>, maxEdits = fewEdits): string {
  const suggestions = nearest(word, names, maxEdits);
  return suggestions.length ? `; did you mean ${suggestions.join(" or ")}?` : "";
}

/** `; did you mean A?`, or a list of the names where none is near to the word. */
export function suggestNames(word: string, names: Iterable<string>): string {
  const distinct = [...new Set(names)];
  return didYouMean(word, distinct) || `; there are ${distinct.slice(0, MAX_LISTED_NAMES).join(", ") || "none"}`;
}
