/** The comparison of two recorded runs, A and B, and the matrix of several runs. */
import type { Source } from "./documents.ts";
import type { Change, ChangeKind } from "./log.ts";
import type { Counts } from "./status.ts";

/** One of the compared runs. */
export interface RunSummary {
  /** Name of the target. */
  readonly target: string;
  /** Id of the run. */
  readonly run: string;
  /** Start of the run, RFC 3339 in UTC. */
  readonly started: string;
  /** Seed of the generated values. */
  readonly seed: number;
  /** `quick`, `standard` or `exhaustive`. */
  readonly depth: string;
  /** Version of assay. */
  readonly assay: string;
  /** Cases by status. */
  readonly counts: Counts;
  /** False where the run broke off, was interrupted, or its log has fewer verdicts than planned cases. */
  readonly complete: boolean;
  /** True where a signal ended the run. */
  readonly interrupted: boolean;
  /** The command that repeats one case, with `{id}` in place of its id. */
  readonly rerun: string;
}

/** One difference between two responses. */
export interface ResponseDifference {
  /** `status`, `header:content-type`, `body`, or a JSON pointer into the body. */
  readonly location: string;
  /** The value in each run as a text, with placeholders for ids and times, e.g. `<time as RFC 3339>`. */
  readonly before: string;
  /** The value in run B, in the same form. */
  readonly after: string;
}

/** One case whose outcome or response differs between the runs. */
export interface CaseChange extends Change {
  /** Where the document states what the case tests. */
  readonly source: Source;
  /** True where the case fails in B and did not fail in A, or failed in another way. */
  readonly fails: boolean;
  /** Present where a known failure of B covers it: the change is listed, and B is not worse because of it. */
  readonly known?: true;
  /** The first five differences of the responses; absent where there is none, or a response was not recorded. */
  readonly response?: readonly ResponseDifference[];
}

/** A case without a verdict in B, of which A has one or which is errored in B. */
export type UndecidedCase = Pick<CaseChange, "id" | "before" | "after" | "source">;

/** All changes of one kind with the same outcomes before and after. */
export interface ChangeGroup {
  /** The kind of change; `undecided` for cases without a verdict in B. */
  readonly kind: ChangeKind | "undecided";
  /** As `CaseChange.fails`. */
  readonly fails: boolean;
  /** True where known failures of B cover the cases. */
  readonly known: boolean;
  /** The outcome in each run, without warnings, unless only the warnings changed. */
  readonly before: string;
  /** The outcome in run B, in the same form. */
  readonly after: string;
  /** Number of cases. */
  readonly cases: number;
  /** Of these, the cases that have warnings as well; and the first of the warnings as a text. */
  readonly casesWithWarning: number;
  /** The first warning as a text; empty where there is none. */
  readonly warning: string;
  /** The first three cases. */
  readonly examples: readonly Pick<CaseChange, "id" | "source">[];
  /** Differences of the responses of the first case that has any; empty where they are the change itself. */
  readonly response: readonly ResponseDifference[];
}

/** The comparison of the cases of one action. */
export interface ActionComparison {
  /** Id of the action. */
  readonly action: string;
  /** Cases that have a verdict in both runs. */
  readonly compared: number;
  /** Of these, the ones with equal outcomes. */
  readonly agree: number;
  /** Responses that were compared. */
  readonly responses: number;
  /** Number of changes by kind. */
  readonly kinds: { readonly [kind in ChangeKind]: number };
  /** Cases without a verdict in B. */
  readonly undecided: number;
}

/** All counts include every case; the lists are limited. */
export interface Comparison {
  /** The run that is compared with, A. */
  readonly a: RunSummary;
  /** The run that is judged, B. */
  readonly b: RunSummary;
  /** True where both runs have the same selection, depth and read-only mode. */
  readonly samePlan: boolean;
  /** True where both runs were judged by the same specs and the same version of assay. */
  readonly sameSpecs: boolean;
  /** Cases in both logs. */
  readonly cases: number;
  /** Cases in only one log. */
  readonly only: { readonly a: number; readonly b: number };
  /** Cases that have a verdict in both runs. */
  readonly compared: number;
  /** Of these, the ones with equal outcomes. */
  readonly agree: number;
  /** Responses that were compared. */
  readonly responses: number;
  /** Number of changes by kind. */
  readonly kinds: { readonly [kind in ChangeKind]: number };
  /** Number of all changes. */
  readonly total: number;
  /** Of the changes, those of cases in both logs. */
  readonly differ: number;
  /** True where a case fails that did not fail in A or failed in another way, and no known failure of B covers it. */
  readonly isWorse: boolean;
  /** Cases that only B has, and that fail without being known failures. */
  readonly newFailures: number;
  /** Changes that fail in B and are covered by its known failures. */
  readonly known: number;
  /** Cases with a verdict in A and none in B, errored cases of B, and indeterminate cases that only B has. */
  readonly undecided: number;
  /** Of the undecided cases, those that B does not have. */
  readonly missing: number;
  /** Of the undecided cases, those that both logs have and A judged. */
  readonly noVerdict: number;
  /** Exit code: 1 worse, 3 undecided, 0 otherwise. */
  readonly exit: 0 | 1 | 3;
  /** The worst kind first, of each kind the largest group first; at most 1000 of a kind. */
  readonly groups: readonly ChangeGroup[];
  /** Changes and undecided cases that belong to no listed group. */
  readonly ungrouped: number;
  /** The first 1000 changes, the worst kind first, each kind in plan order. */
  readonly changes: readonly CaseChange[];
  /** The first 1000 cases without a verdict in B that have no change of another kind. */
  readonly undecidedCases: readonly UndecidedCase[];
  /** By action, in the order of the plan. */
  readonly actions: readonly ActionComparison[];
  /** What a reader has to know about the comparison, as sentences. */
  readonly remarks: readonly string[];
}

/** The result of one target for one action or family. */
export interface CellState {
  /** E.g. `conformant 12/12`, `2 of 40 failed` or `not implemented`. */
  readonly word: string;
  /** Cases by status. */
  readonly counts: Counts;
}

/** One run of the matrix. */
export interface MatrixColumn extends RunSummary {
  /** The target; with run and day where several columns have the same target, and a number where these are equal, too. */
  readonly name: string;
  /** What a reader has to know about the run, as sentences. */
  readonly remarks: readonly string[];
}

/** The results of all runs for one action, one family, or everything. */
export interface MatrixRow {
  /** Id of the action, name of the family, or `all`. */
  readonly name: string;
  /** One cell for each column; null where that run has no such case. */
  readonly cells: readonly (CellState | null)[];
}

/** Several runs in one table. */
export interface Matrix {
  /** The runs, in the order in which they were given. */
  readonly columns: readonly MatrixColumn[];
  /** A row for each action, with a row for each of its families. */
  readonly actions: readonly (MatrixRow & { readonly families: readonly MatrixRow[] })[];
  /** All cases of each run. */
  readonly all: MatrixRow;
}
