/** Findings, verdicts, and the run that recorded them. */
import type { Expectation } from "./case.ts";
import type { Coverage } from "./coverage.ts";
import type { Json, Level, Source } from "./documents.ts";
import type { Role, Unanswered } from "./http.ts";

export type Status =
  | "passed"
  | "failed"
  | "known"
  | "observed"
  | "skipped"
  | "unimplemented"
  | "indeterminate"
  | "errored";

/** A fact: `at` is a JSON pointer into the answer, or `status`, `header:NAME`, `body`. */
export interface Finding {
  readonly check: string;
  readonly level: "must" | "should";
  readonly at: string;
  readonly expected: Json;
  readonly actual: Json;
}

/** A redacted exchange as the log holds it. Bodies are cut; `bytes` and `sha256` speak of the whole. */
export interface RecordedBody {
  readonly text: string;
  readonly bytes: number;
  readonly sha256?: string;
}
export interface RecordedExchange {
  readonly role: Role;
  readonly action: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: RecordedBody;
  };
  readonly response:
    | { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body: RecordedBody }
    | Unanswered;
  /** RFC 3339, UTC; logs of older versions lack it. */
  readonly started?: string;
  readonly ms: number;
}

/**
 * What sets the judged call apart from its control. `at`: JSON pointers into the members, the name of a situation, or
 * how the request was changed on the wire.
 */
export interface Deviation {
  readonly op: "remove" | "set" | "add" | "wire" | "situation";
  readonly at: string;
}

/** The call that a case rests on, its control's, a set-up or one before, which was not accepted; and what it was answered. */
export interface Blocked {
  readonly action: string;
  readonly answer: string;
}

export interface Verdict {
  readonly type: "verdict";
  /** Place in the plan, from 0. */
  readonly n: number;
  readonly id: string;
  readonly action: string;
  readonly family: string;
  readonly status: Status;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly rule: string | null;
  readonly expect: Expectation;
  /** What was seen, in a word: `success`, a code, `unreadable`, or why there is none. */
  readonly seen: string;
  /** Why the status is what it is; empty where it speaks for itself. */
  readonly reason: string;
  /** Of an indeterminate one that waits for another call. */
  readonly blocked?: Blocked;
  readonly findings: readonly Finding[];
  /** Milliseconds of the whole case, set-up and proofs included. */
  readonly ms: number;
  /** Milliseconds of the judged call alone; absent where none was sent. */
  readonly took?: number;
  /** Of a case whose exchanges are kept; none for a valid call. */
  readonly deviations?: readonly Deviation[];
  /** The judged call, what was sent for it, and of a case that failed its control. */
  readonly exchanges: readonly RecordedExchange[];
}

export interface Header {
  readonly type: "header";
  readonly format: 1;
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

export type Counts = { readonly [status in Status]: number };

/**
 * `worse`: it fails now, or fails otherwise. `better`: it failed. `other`: neither, and yet not as it was. `new` and `gone`:
 * only one of the two runs has it, or it fails now and had no verdict before.
 */
export type ChangeKind = "worse" | "better" | "other" | "new" | "gone";

export interface Change {
  readonly id: string;
  readonly kind: ChangeKind;
  /** In words, without a value; empty where that run has none. */
  readonly was: string;
  readonly is: string;
}

/** This run beside an earlier one of the same target. */
export interface Since {
  readonly run: string;
  readonly started: string;
  /** Cases that have a verdict in both. */
  readonly compared: number;
  /** All changes; `changes` holds the first of them, the worst kind first. */
  readonly total: number;
  readonly kinds: { readonly [kind in ChangeKind]: number };
  /** Of the changes, those that fail the run. */
  readonly moved: number;
  readonly changes: readonly Change[];
  /** Cases of both runs that one of them came to no verdict on. */
  readonly unheard: number;
  /** Cases that came to no verdict now although nothing like it is known from before. */
  readonly open: number;
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
  readonly stale: readonly string[];
  /** Clean-up that did not succeed, and other trouble of the run itself. */
  readonly troubles: readonly string[];
  readonly left: number;
  /** Requests that were sent for all of it: set-up, controls, judged calls, probes and clean-up. */
  readonly requests?: number;
  /** With --since. */
  readonly since?: Since;
  readonly exit: number;
  readonly ms: number;
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
