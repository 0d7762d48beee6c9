/** Two recorded runs side by side, and many runs in one table. */
import type { Source } from "./documents.ts";
import type { Change, ChangeKind } from "./log.ts";
import type { Counts } from "./status.ts";

/** What is known of one of the two runs. */
export interface RunSummary {
  readonly target: string;
  readonly run: string;
  readonly started: string;
  readonly seed: number;
  readonly depth: string;
  readonly assay: string;
  readonly counts: Counts;
  /** False where the run broke off or was interrupted. */
  readonly complete: boolean;
  readonly interrupted: boolean;
  /** The command that repeats one case, with `{id}` for its id. */
  readonly rerun: string;
}

/** A place of an answer: `status`, `header:content-type`, `body` or a JSON pointer; what stands there in each run, in words. */
export interface ResponseDifference {
  readonly location: string;
  readonly before: string;
  readonly after: string;
}

export interface CaseChange extends Change {
  readonly source: Source;
  /** True where B fails it and A did not, or fails it in another way. */
  readonly fails: boolean;
  /** True where B's list of known failures accepts that: it is told, and does not make B worse. */
  readonly known?: true;
  /** Where the answers part, the first five places; absent where they agree, or were not recorded in both runs. */
  readonly response?: readonly ResponseDifference[];
}

/** A case of both with a verdict in A and none in B. */
export type UndecidedCase = Pick<CaseChange, "id" | "before" | "after" | "source">;

/** All changes of one turn. */
export interface ChangeGroup {
  readonly kind: ChangeKind | "undecided";
  readonly fails: boolean;
  readonly known: boolean;
  /** What each run came to, without the warnings beside it, unless they are all that changed. */
  readonly before: string;
  readonly after: string;
  readonly cases: number;
  /** Of these, the ones with warnings beside; and the first of them in words. */
  readonly casesWithWarning: number;
  readonly warning: string;
  /** The first three. */
  readonly examples: readonly Pick<CaseChange, "id" | "source">[];
  /** Where the answers of the first that has any differ, unless that is the change itself. */
  readonly response: readonly ResponseDifference[];
}

export interface ActionComparison {
  readonly action: string;
  /** Cases that have a verdict in both. */
  readonly compared: number;
  /** Of these, the ones that came to the same. */
  readonly agree: number;
  readonly responses: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  readonly undecided: number;
}

/** B beside A: of all cases of both the counts, of the first changes what they are. */
export interface Comparison {
  readonly a: RunSummary;
  readonly b: RunSummary;
  /** True where both runs have the same selection and depth. */
  readonly samePlan: boolean;
  /** True where both were judged by the same specs, of the same assay. */
  readonly sameSpecs: boolean;
  /** Cases that both logs hold. */
  readonly cases: number;
  /** Cases that one log holds. */
  readonly only: { readonly a: number; readonly b: number };
  /** Cases that have a verdict in both. */
  readonly compared: number;
  readonly agree: number;
  /** Answers that were held against their like. */
  readonly responses: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  readonly total: number;
  /** Of all changes, those of cases that both logs hold. */
  readonly differ: number;
  /** Something is worse, or fails of which A knows nothing. */
  readonly isWorse: boolean;
  /** Cases that only B has, and that fail without being known to. */
  readonly newFailures: number;
  /** Changes that fail in B as its list of known failures says. */
  readonly known: number;
  /** Cases with a verdict in A and none in B, and those without one in B that A did not judge. */
  readonly undecided: number;
  /** Of the undecided, those that B does not hold. */
  readonly missing: number;
  /** Of the undecided, those that both hold and A judged. */
  readonly noVerdict: number;
  readonly exit: 0 | 1 | 3;
  /** The worst first, of one kind the largest first; a thousand of a kind. */
  readonly groups: readonly ChangeGroup[];
  /** Changes and undecided cases that are in none of the groups. */
  readonly ungrouped: number;
  /** The worst kind first, in plan order; those beyond a thousand are in the groups only. */
  readonly changes: readonly CaseChange[];
  /** Cases without a verdict in B that are no change of another kind; the first thousand. */
  readonly undecidedCases: readonly UndecidedCase[];
  readonly actions: readonly ActionComparison[];
  readonly remarks: readonly string[];
}

/** How one target stands with one action or family. */
export interface CellState {
  readonly word: string;
  readonly counts: Counts;
}

export interface MatrixColumn extends RunSummary {
  /** The target's name, with run and day where another column has the same, and a number where these are the same, too. */
  readonly name: string;
  readonly remarks: readonly string[];
}

/** A row has one cell a column; null where that run has no such case. */
export interface MatrixRow {
  readonly name: string;
  readonly cells: readonly (CellState | null)[];
}

export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly actions: readonly (MatrixRow & { readonly families: readonly MatrixRow[] })[];
  /** Of every case of a run. */
  readonly all: MatrixRow;
}
