/** Recording → counts by action and causes, in one walk that keeps numbers and a few examples only. */
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

/** A case that shows its cause; `sentences` holds one sentence for each finding that decided it. */
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
  /** All its cases try one rule, so that the title of the first speaks for them. */
  readonly alike: boolean;
  readonly examples: readonly Example[];
  /** The calls that its cases wait for, the one that most of them wait for first. */
  readonly blockers: readonly Blocker[];
}

/** `cases`: how many wait for it. `failed`: how many cases of its own failed. */
export interface Blocker {
  readonly action: string;
  readonly cases: number;
  readonly failed: number;
}

/** `ms` is the sum over cases, which is more than the run took where lanes ran side by side. */
export interface ActionTally {
  readonly counts: Counts;
  /** Cases that passed with a warning. */
  readonly warned: number;
  readonly ms: number;
}

export interface RunTally {
  readonly counts: Counts;
  /** `should` findings of passed cases. */
  readonly warnings: number;
  readonly ms: number;
  /** In plan order. */
  readonly actions: ReadonlyMap<string, ActionTally>;
  /** The worst kind first; of one kind, the largest first. */
  readonly causes: readonly Cause[];
  /** What the target did where the documents leave it open. */
  readonly observations: readonly Observation[];
}

const MAX_EXAMPLES = 3;
/** Causes of one kind that are told apart: a target may answer every case with a code of its own. */
const MAX_CAUSES = 5000;
const OVERFLOW_REASON = `beyond ${MAX_CAUSES} causes, which are counted together`;

/** `1 cause`, `20 more causes`; where some are counted together, the lower bound: `more than 5,000 causes`. */
export function countCauses(causes: readonly Cause[], noun = "cause"): string {
  const { length } = causes;
  if (!causes.some(({ reason }) => reason === OVERFLOW_REASON)) return plural(length, noun);
  return `more than ${(length - 1).toLocaleString("en-GB")} ${noun}s`;
}

interface Growing {
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

/** An example with the calls that its cause waits for. */
const waiting =
  (blockers: readonly Blocker[]) =>
  (example: Example): Example =>
    blockers.length === 0 ? example : { ...example, sentences: [...example.sentences, waitingFor(blockers)] };

function waitingFor([first, ...others]: readonly Blocker[]): string {
  if (first === undefined) return "";
  const call = oneLine(first.action);
  const own = first.failed === 0 ? "" : `, of which ${plural(first.failed, "case")} failed`;
  if (others.length === 0) return `that call is ${call}${own}`;
  return `that call is ${call} for ${first.cases} of them${own}; ${plural(others.length, "other call")} for the rest`;
}

/** Causes by what they have in common; beyond a number of them, one for the rest of each kind. */
function createCauseGroups(): {
  causes: ReadonlyMap<string, Growing>;
  growing: (signature: CauseSignature) => Growing;
} {
  const causes = new Map<string, Growing>();
  const apart = new Map<CauseKind, number>();
  const growing = (signature: CauseSignature): Growing => {
    const { status } = signature;
    const key = JSON.stringify(signature);
    const known = causes.get(key);
    if (known !== undefined) return known;
    const already = apart.get(status) ?? 0;
    if (already >= MAX_CAUSES && signature.reason !== OVERFLOW_REASON)
      return growing({ status, findings: [], reason: OVERFLOW_REASON });
    const cause: Growing = {
      signature,
      cases: 0,
      actions: new Set(),
      examples: [],
      rules: new Set(),
      blockers: new Map(),
    };
    causes.set(key, cause);
    apart.set(status, already + 1);
    return cause;
  };
  return { causes, growing };
}

const tallies = new WeakMap<Recording, RunTally>();

/** One tally for all reports of a recording. Counts come from the verdicts; the footer is compared with them elsewhere. */
export function tallyVerdicts(recording: Recording): RunTally {
  const known = tallies.get(recording);
  if (known !== undefined) return known;
  const tally = walkVerdicts(recording);
  tallies.set(recording, tally);
  return tally;
}

function walkVerdicts(recording: Recording): RunTally {
  const counts = zeroCounts();
  const actions = new Map<string, { counts: { [status in Status]: number }; warned: number; ms: number }>();
  const { causes, growing } = createCauseGroups();
  const observed = createObservationCollector();
  let warnings = 0;
  let ms = 0;
  for (const action of recording.actions) actions.set(action, { counts: zeroCounts(), warned: 0, ms: 0 });
  for (const verdict of recording.verdicts()) {
    counts[verdict.status] += 1;
    const warned = warningFindings(verdict).length;
    warnings += warned;
    ms += verdict.durationMs;
    observed.add(verdict);
    const own = actions.get(verdict.action);
    if (own !== undefined) {
      own.counts[verdict.status] += 1;
      if (warned > 0) own.warned += 1;
      own.ms += verdict.durationMs;
    }
    const signature = causeKey(verdict);
    if (signature === null) continue;
    const cause = growing(signature);
    cause.cases += 1;
    cause.actions.add(verdict.action);
    // Whether there is more than one is all that is asked.
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
    actions,
    observations: observed.all(),
    causes: sorted.map(({ signature, cases, actions: seen, examples, rules, blockers }) => {
      const by = [...blockers]
        .map(([action, waits]) => ({ action, cases: waits, failed: actions.get(action)?.counts.failed ?? 0 }))
        .sort((a, b) => b.cases - a.cases);
      const alike = cases === 1 || (rules.size === 1 && !rules.has(null));
      return { ...signature, cases, actions: seen.size, alike, examples: examples.map(waiting(by)), blockers: by };
    }),
  };
}
