/** Two recorded runs side by side, and many runs in one table. */
import type { Source } from "./documents.ts";
import type { Change, ChangeKind, Counts } from "./verdict.ts";

/** What is known of one of the two runs. */
export interface Side {
  readonly target: string;
  readonly run: string;
  readonly started: string;
  readonly seed: number;
  readonly depth: string;
  readonly assay: string;
  readonly counts: Counts;
  /** False where the run broke off or was interrupted. */
  readonly whole: boolean;
}

/** A place of an answer: `status`, `header:content-type`, `body` or a JSON pointer; what stands there in each run, in words. */
export interface AnswerDifference {
  readonly at: string;
  readonly was: string;
  readonly is: string;
}

export interface Difference extends Change {
  readonly source: Source;
  /** True where B fails it and A did not, or fails it in another way. */
  readonly fails: boolean;
  /** Where the answers part, the first five places; absent where they agree, or were not recorded in both runs. */
  readonly answer?: readonly AnswerDifference[];
}

/** A case with a verdict in A and none in B. */
export type Undecided = Omit<Difference, "kind" | "fails" | "answer">;

export interface ActionComparison {
  readonly action: string;
  /** Cases that have a verdict in both. */
  readonly compared: number;
  /** Of these, the ones that came to the same. */
  readonly agree: number;
  readonly answers: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  readonly undecided: number;
}

/** B beside A: of all cases of both the counts, of the first changes what they are. */
export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  /** Cases of both runs, and those of one that the other had planned too, or that are new. */
  readonly cases: number;
  /** Cases that have a verdict in both. */
  readonly compared: number;
  readonly agree: number;
  /** Answers that were held against their like. */
  readonly answers: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  readonly total: number;
  /** Something is worse, or fails of which A knows nothing. */
  readonly worse: boolean;
  /** Cases with a verdict in A and none in B, those among them that are gone or told as other included. */
  readonly undecided: number;
  readonly exit: 0 | 1 | 3;
  /** The worst kind first, in plan order; those beyond a thousand are counted only. */
  readonly changes: readonly Difference[];
  /** Cases without a verdict in B that are no change of another kind; the first thousand. */
  readonly lost: readonly Undecided[];
  readonly actions: readonly ActionComparison[];
  readonly remarks: readonly string[];
}

/** How one target stands with one action or family. */
export interface Standing {
  readonly word: string;
  readonly counts: Counts;
}

export interface MatrixColumn extends Side {
  /** The target's name, with run and day where another column has the same. */
  readonly name: string;
  readonly remarks: readonly string[];
}

/** A row has one cell a column; null where that run has no such case. */
export interface MatrixRow {
  readonly name: string;
  readonly cells: readonly (Standing | null)[];
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly actions: readonly (MatrixRow & { readonly families: readonly MatrixRow[] })[];
}
