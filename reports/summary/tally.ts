/** Recording → counts by action and causes, in one pass that keeps only numbers and a few examples. */
import type { Counts, Recording, Source, Status, Verdict } from "../../runner/model/index.ts";
import { zeroCounts } from "../../runner/model/status.ts";
import { describeFinding, formatSource, reasonText, truncateReason } from "../text/sentences.ts";
import { oneLine, plural } from "../text/visible-text.ts";
import {
  CAUSE_KINDS,
  type CauseKind,
  type CauseSignature,
  causeKey,
  decidingFindings,
  warningFindings,
} from "./cause.ts";
import { createObservationCollector, type Observation } from "./observations.ts";

/** A case that is shown for its cause; `sentences`: one for each deciding finding. */
interface Example {
  readonly id: string;
  readonly action: string;
  readonly title: string;
  readonly rule: string | null;
  readonly source: Source;
  readonly place: string;
  readonly sentences: readonly string[];
}

/** Cases that share one signature, with the first three of them. */
export interface Cause extends CauseSignature {
  readonly cases: number;
  readonly actions: number;
  /** True if all its cases test one rule; the title of the first is then shown for all. */
  readonly alike: boolean;
  readonly examples: readonly Example[];
  /** The calls without whose success its cases cannot run, the most frequent one first. */
  readonly blockers: readonly Blocker[];
}

/** A call that blocks cases. `cases`: number of blocked cases. `failed`: number of failed cases of the call itself. */
export interface Blocker {
  readonly action: string;
  readonly cases: number;
  readonly failed: number;
}

/** `ms` is the sum over the cases; if several run at once, it exceeds the duration of the run. */
export interface ActionTally {
  readonly counts: Counts;
  /** Number of cases that passed with a warning. */
  readonly warned: number;
  readonly ms: number;
}

export interface RunTally {
  readonly counts: Counts;
  /** Number of `should` findings of passed cases. */
  readonly warnings: number;
  readonly ms: number;
  /** Number of valid calls that failed with HTTP 500 without an envelope. */
  readonly crashes: number;
  /** In plan order. */
  readonly actions: ReadonlyMap<string, ActionTally>;
  /** In the order of CAUSE_KINDS; within a kind, the cause with the most cases first. */
  readonly causes: readonly Cause[];
  /** Responses of the target where the documents do not decide. */
  readonly observations: readonly Observation[];
}

const MAX_EXAMPLES = 3;
/** Largest number of causes of one kind that are kept; the limit bounds the memory if a target returns a different code for every case. */
const MAX_CAUSES = 5000;
const OVERFLOW_REASON = `beyond ${MAX_CAUSES} causes, which are counted together`;

/** `1 cause`, `20 more causes`; if some causes were counted together, the lower bound: `more than 5,000 causes`. */
export function countCauses(causes: readonly Cause[], noun = "cause"): string {
  const { length } = causes;
  if (!causes.some(({ reason }) => reason === OVERFLOW_REASON)) return plural(length, noun);
  return `more than ${(length - 1).toLocaleString("en-GB")} ${noun}s`;
}

interface CauseCounter {
  readonly signature: CauseSignature;
  cases: number;
  readonly actions: Set<string>;
  readonly examples: Example[];
  readonly rules: Set<string | null>;
  readonly blockers: Map<string, number>;
}

function exampleOf(verdict: Verdict, { status: kind, reason }: CauseSignature): Example {
  const { id, action, title, rule, source } = verdict;
  const shown = { id, action, title, rule, source, place: formatSource(source) };
  if (reason === OVERFLOW_REASON) return { ...shown, sentences: [OVERFLOW_REASON] };
  const found =
    kind === "warning"
      ? warningFindings(verdict)
      : kind === "failed" || kind === "known"
        ? decidingFindings(verdict)
        : [];
  const sentences =
    found.length > 0
      ? [...new Set(found.map(describeFinding))]
      : [verdict.blockedBy ? truncateReason(reason) : reasonText(verdict)];
  if (kind === "known" && found.length > 0 && verdict.reason !== "") sentences.push(`accepted: ${reasonText(verdict)}`);
  return { ...shown, sentences };
}

/** Adds a sentence about the blocking calls to an example. */
const withBlockers =
  (blockers: readonly Blocker[]) =>
  (example: Example): Example =>
    blockers.length === 0 ? example : { ...example, sentences: [...example.sentences, describeBlockers(blockers)] };

function describeBlockers([first, ...others]: readonly Blocker[]): string {
  if (first === undefined) return "";
  const call = oneLine(first.action);
  const own = first.failed === 0 ? "" : `, of which ${plural(first.failed, "case")} failed`;
  if (others.length === 0) return `that call is ${call}${own}`;
  return `that call is ${call} for ${first.cases} of them${own}; ${plural(others.length, "other call")} for the rest`;
}

/** Groups cases by cause; beyond MAX_CAUSES of a kind, the rest is one cause. */
function createCauseGroups(): {
  causes: ReadonlyMap<string, CauseCounter>;
  counterOf: (signature: CauseSignature) => CauseCounter;
} {
  const causes = new Map<string, CauseCounter>();
  const causesOfKind = new Map<CauseKind, number>();
  const counterOf = (signature: CauseSignature): CauseCounter => {
    const { status } = signature;
    const key = JSON.stringify(signature);
    const existing = causes.get(key);
    if (existing !== undefined) return existing;
    const count = causesOfKind.get(status) ?? 0;
    if (count >= MAX_CAUSES && signature.reason !== OVERFLOW_REASON)
      return counterOf({ status, findings: [], reason: OVERFLOW_REASON });
    const cause: CauseCounter = {
      signature,
      cases: 0,
      actions: new Set(),
      examples: [],
      rules: new Set(),
      blockers: new Map(),
    };
    causes.set(key, cause);
    causesOfKind.set(status, count + 1);
    return cause;
  };
  return { causes, counterOf };
}

const tallies = new WeakMap<Recording, RunTally>();

/** The tally of a recording, computed once for all reports. Counts come from the verdicts, not from the footer of the log. */
export function tallyVerdicts(recording: Recording): RunTally {
  const existing = tallies.get(recording);
  if (existing !== undefined) return existing;
  const tally = countVerdicts(recording);
  tallies.set(recording, tally);
  return tally;
}

function countVerdicts(recording: Recording): RunTally {
  const counts = zeroCounts();
  const actions = new Map<string, { counts: { [status in Status]: number }; warned: number; ms: number }>();
  const { causes, counterOf } = createCauseGroups();
  const observed = createObservationCollector();
  let warnings = 0;
  let ms = 0;
  let crashes = 0;
  for (const action of recording.actions) actions.set(action, { counts: zeroCounts(), warned: 0, ms: 0 });
  for (const verdict of recording.verdicts()) {
    counts[verdict.status] += 1;
    const warned = warningFindings(verdict).length;
    warnings += warned;
    ms += verdict.durationMs;
    if (verdict.status === "failed" && verdict.actual === "HTTP 500" && verdict.expect.outcome === "success") crashes++;
    observed.add(verdict);
    const own = actions.get(verdict.action);
    if (own !== undefined) {
      own.counts[verdict.status] += 1;
      if (warned > 0) own.warned += 1;
      own.ms += verdict.durationMs;
    }
    const signature = causeKey(verdict);
    if (signature === null) continue;
    const cause = counterOf(signature);
    cause.cases += 1;
    cause.actions.add(verdict.action);
    // Only whether there is more than one rule is needed.
    if (cause.rules.size < 2) cause.rules.add(verdict.rule);
    const by = verdict.blockedBy?.action;
    if (by !== undefined) cause.blockers.set(by, (cause.blockers.get(by) ?? 0) + 1);
    if (cause.examples.length < MAX_EXAMPLES) cause.examples.push(exampleOf(verdict, cause.signature));
  }
  const sorted = [...causes.values()].sort(
    (a, b) => CAUSE_KINDS.indexOf(a.signature.status) - CAUSE_KINDS.indexOf(b.signature.status) || b.cases - a.cases,
  );
  return {
    counts,
    warnings,
    ms,
    crashes,
    actions,
    observations: observed.all(),
    causes: sorted.map(({ signature, cases, actions: withCause, examples, rules, blockers }) => {
      const by = [...blockers]
        .map(([action, blocked]) => ({ action, cases: blocked, failed: actions.get(action)?.counts.failed ?? 0 }))
        .sort((a, b) => b.cases - a.cases);
      const alike = cases === 1 || (rules.size === 1 && !rules.has(null));
      return {
        ...signature,
        cases,
        actions: withCause.size,
        alike,
        examples: examples.map(withBlockers(by)),
        blockers: by,
      };
    }),
  };
}
