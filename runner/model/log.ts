/** The lines of the log of a run (run.ndjson), and the recording that reports read. */
import type { Coverage } from "./coverage.ts";
import type { Counts } from "./status.ts";
import type { Verdict } from "./verdict.ts";

/** A part of a selection that is run on its own. `index` counts from 1 to `count`. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  /** Number of all shards. */
  readonly count: number;
}

/** The selection that the shards of a run share: they belong together only where it is equal. */
export interface SharedPlan {
  /** Number of cases of the whole selection. */
  readonly cases: number;
  /** A digest of their ids in the order of the plan. */
  readonly digest: string;
  /** A digest of the endpoints and accounts of the target. */
  readonly target: string;
}

/** A shard in the log of a merged run. `run` and `judged` are missing where its log was not given. */
export interface MergedShard {
  /** From 1. */
  readonly index: number;
  /** Id of its run. */
  readonly run?: string;
  /** Number of its cases; missing together with its log. */
  readonly cases?: number;
  /** Number of its verdicts, where its run broke off. */
  readonly brokenOffAfter?: number;
}

/** The first line. */
export interface Header {
  /** Distinguishes the lines of the log. */
  readonly type: "header";
  /** Version of the log format. */
  readonly format: 2;
  /** Version of assay. */
  readonly assay: string;
  /** Id of the run. */
  readonly run: string;
  /** Name of the target. */
  readonly target: string;
  /** Seed of the generated values. */
  readonly seed: number;
  /** `quick`, `standard` or `exhaustive`. */
  readonly depth: string;
  /** Globs of the selected case ids; empty where all cases are selected. */
  readonly select: readonly string[];
  /** RFC 3339 in UTC. */
  readonly started: string;
  /** The command that repeats one case, with `{id}` in place of its id. */
  readonly rerun: string;
  /** A digest of the specs of the run; logs of older versions do not have it. */
  readonly specs?: string;
  /** True where cases that change state were not planned. */
  readonly readOnly?: boolean;
  /** True where warnings fail the run. */
  readonly strict?: boolean;
  /** In the log of a shard and in that of a merged run. */
  readonly plan?: SharedPlan;
  /** Only in the log of a shard. `cases`: the number of its cases. */
  readonly shard?: Shard & { readonly cases: number };
  /** Only in the log of a merged run: all shards by index. */
  readonly shards?: readonly MergedShard[];
}

/**
 * `worse`: the case fails and did not fail before, or failed in another way. `better`: it failed before and fails no longer,
 * or with fewer findings. `other`: another difference. `added`: the earlier run does not have the case, or it fails now and
 * had no verdict before. `removed`: only the earlier run has it.
 */
export type ChangeKind = "worse" | "better" | "other" | "added" | "removed";

/** A case whose outcome differs from that of an earlier run. */
export interface Change {
  /** Id of the case. */
  readonly id: string;
  /** How it differs. */
  readonly kind: ChangeKind;
  /** The outcome in each run, without values of the target, e.g. `passed: success`; empty where the run does not have the case. */
  readonly before: string;
  /** The outcome in the later run, in the same form. */
  readonly after: string;
}

/** The comparison with an earlier run of the same target. */
export interface ChangesSince {
  /** Id of the earlier run. */
  readonly run: string;
  /** Start of the earlier run, RFC 3339 in UTC. */
  readonly started: string;
  /** Cases that have a verdict in both runs. */
  readonly compared: number;
  /** Number of all changes. */
  readonly total: number;
  /** Number of changes by kind. */
  readonly kinds: { readonly [kind in ChangeKind]: number };
  /** Of the changes, those that fail the run. */
  readonly failing: number;
  /** The first 1000 changes, the worst kind first. */
  readonly changes: readonly Change[];
  /** Cases of both runs that have no verdict in one of them. */
  readonly noVerdict: number;
  /** Cases that have no verdict now and were not undecided, skipped or unimplemented before in the same way. */
  readonly newlyUndecided: number;
  /** What a reader has to know about the comparison, as sentences. */
  readonly remarks: readonly string[];
}

/** What happened to an entry of the known-failure list in a shard. */
export interface KnownFailureState {
  /** Its glob. */
  readonly case: string;
  /** Where it is, as `FILE:LINE:COLUMN`. */
  readonly listedAt?: string;
  /** True where a case failed as the entry describes. */
  readonly used?: boolean;
  /** The first judged case that did not fail as the entry describes. */
  readonly otherResult?: string;
  /** The first observed case. */
  readonly observed?: string;
  /** True where a case had no verdict: it may still fail as the entry describes. */
  readonly hasCaseWithoutVerdict?: boolean;
  /** The last day and the reason of an expired entry. */
  readonly expired?: string;
  /** True where the entry matches no case of any depth. */
  readonly unmatched?: boolean;
}

/** What `assay merge` has to know of a shard besides its verdicts. */
export interface ShardResult {
  /** Actions without a passed case that the target file does not declare as unsupported. */
  readonly actionsWithoutPass: number;
  /** The part of `leftovers` that known failures created. */
  readonly leftoversOfKnownFailures: number;
  /** All entries of the known-failure list, in their order. */
  readonly known: readonly KnownFailureState[];
}

/** The last line; missing where the run broke off. */
export interface Footer {
  /** Distinguishes the lines of the log. */
  readonly type: "footer";
  /** Number of planned cases. */
  readonly planned: number;
  /** Cases by status; their sum is `planned`. */
  readonly counts: Counts;
  /** Findings of level `should` on passed cases. */
  readonly warnings: number;
  /** True where a signal ended the run; the cases that were not sent are indeterminate. */
  readonly interrupted: boolean;
  /** Known failures that are expired or whose cases passed, failed in another way or do not exist, one sentence each. */
  readonly staleKnownFailures: readonly string[];
  /** Problems of the run itself, one sentence each, e.g. a resource that could not be deleted. */
  readonly runProblems: readonly string[];
  /** Resources that were created, that no call deleted, and that the target does not show at the end, one sentence each. */
  readonly lost?: readonly string[];
  /** Ids of the cases of which the target may have died: it accepted no connection after it had closed theirs. */
  readonly died?: readonly string[];
  /** Resources that may still exist on the target. */
  readonly leftovers: number;
  /** All requests: set-up, controls, judged calls, probes and clean-up. */
  readonly requests?: number;
  /** With --since. */
  readonly since?: ChangesSince;
  /** Only in the log of a shard. */
  readonly shard?: ShardResult;
  /** Exit code. */
  readonly exit: number;
  /** Milliseconds of the whole run. */
  readonly durationMs: number;
}

/** A run as reports read it. */
export interface Recording {
  /** The first line of the log. */
  readonly header: Header;
  /** Null where the run broke off. */
  readonly footer: Footer | null;
  /** Ids of the actions that have verdicts. */
  readonly actions: readonly string[];
  /** The verdicts of an action, or all, in plan order. Can be read repeatedly. */
  verdicts(action?: string): Iterable<Verdict>;
  /** One line for each action; empty where the run broke off or an older version of assay wrote the log. */
  coverage(): Iterable<Coverage>;
}
