/** The changes of a comparison → groups of the same turn, each with the cases that show it. */
import type { AnswerDifference, ChangeKind, Comparison, Difference, Undecided } from "../../runner/model.ts";

export interface Group {
  readonly kind: ChangeKind | "undecided";
  readonly fails: boolean;
  readonly was: string;
  readonly is: string;
  readonly cases: number;
  /** The first three. */
  readonly examples: readonly Undecided[];
  /** Where the answers of the first one part, unless that is the change itself. */
  readonly answer: readonly AnswerDifference[];
}

const most = 3;

/** In the order of the changes, which is the worst first; of one kind the largest group first. */
export function groupsOf({ changes, lost }: Comparison): readonly Group[] {
  const groups = new Map<string, Group & { cases: number; rank: number; examples: Undecided[] }>();
  const ranks = new Map<string, number>();
  const add = (kind: Group["kind"], fails: boolean, change: Undecided, answer: Difference["answer"] = []): void => {
    const rank = `${kind} ${fails}`;
    if (!ranks.has(rank)) ranks.set(rank, ranks.size);
    const { was, is } = change;
    const key = JSON.stringify([rank, anywhere(was), anywhere(is)]);
    const parts = was.startsWith("answer: ") ? [] : answer;
    const started = { kind, fails, was, is, cases: 0, examples: [], answer: parts, rank: ranks.get(rank) ?? 0 };
    const group = groups.get(key) ?? started;
    groups.set(key, group);
    group.cases++;
    if (group.examples.length < most) group.examples.push(change);
  };
  for (const change of changes) add(change.kind, change.fails, change, change.answer);
  for (const change of lost) add("undecided", false, change);
  return [...groups.values()].sort((a, b) => a.rank - b.rank || b.cases - a.cases);
}

/** The same mistake in the first and in the second item is one. */
const anywhere = (words: string): string => words.replace(/\/\d+(?=[/ :;]|$)/g, "/*");
