/** The lines of a recorded run, and the recording that the reports read. */
import type { Coverage } from "./coverage.ts";
import type { Counts } from "./status.ts";
import type { Verdict } from "./verdict.ts";

export interface Header {
  readonly type: "header";
  readonly format: 2;
  readonly assay: string;
  readonly run: string;
  readonly target: string;
  readonly seed: number;
  readonly depth: string;
  readonly select: readonly string[];
  readonly started: string;
  /** The command that repeats one case, with `{id}` for its id. */
  readonly rerun: string;
  /** A digest of the specs that were judged by; logs of older versions lack it. */
  readonly specs?: string;
  /** True where cases that make or change something were left out. */
  readonly readOnly?: boolean;
  /** True where warnings fail the run. */
  readonly strict?: boolean;
}

/**
 * `worse`: it fails now, or fails otherwise. `better`: it failed. `other`: neither, and yet not as it was. `new` and `gone`:
 * only one of the two runs has it, or it fails now and had no verdict before.
 */
export type ChangeKind = "worse" | "better" | "other" | "added" | "removed";

export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  /** In words, without a value; empty where that run has none. */
  readonly before: string;
  readonly after: string;
}

/** This run beside an earlier one of the same target. */
export interface ChangesSince {
  readonly run: string;
  readonly started: string;
  /** Cases that have a verdict in both. */
  readonly compared: number;
  /** All changes; `changes` holds the first of them, the worst kind first. */
  readonly total: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  /** Of the changes, those that fail the run. */
  readonly failing: number;
  readonly changes: readonly Change[];
  /** Cases of both runs that one of them came to no verdict on. */
  readonly noVerdict: number;
  /** Cases that came to no verdict now although nothing like it is known from before. */
  readonly newlyUndecided: number;
  /** What a reader has to know of the comparison, in words. */
  readonly remarks: readonly string[];
}

export interface Footer {
  readonly type: "footer";
  readonly planned: number;
  readonly counts: Counts;
  readonly warnings: number;
  readonly interrupted: boolean;
  /** Judged cases of known failures that are stale: passed, failed otherwise or matched nothing. */
  readonly staleKnownFailures: readonly string[];
  /** Clean-up that did not succeed, and other trouble of the run itself. */
  readonly runProblems: readonly string[];
  readonly leftovers: number;
  /** Requests that were sent for all of it: set-up, controls, judged calls, probes and clean-up. */
  readonly requests?: number;
  /** With --since. */
  readonly since?: ChangesSince;
  readonly exit: number;
  readonly durationMs: number;
}

/** A finished or broken-off run as the reports see it; verdicts can be walked again and again. */
export interface Recording {
  readonly header: Header;
  readonly footer: Footer | null;
  readonly actions: readonly string[];
  /** In plan order; of one action, or of all. */
  verdicts(action?: string): Iterable<Verdict>;
  /** One line an action; nothing where the run broke off, or is older than coverage. */
  coverage(): Iterable<Coverage>;
}
