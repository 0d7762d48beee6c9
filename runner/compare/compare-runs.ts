/** Two recorded runs → what became of each case from A to B, counted, and the first changes by name. */
import type {
  ActionComparison,
  ChangeKind,
  Comparison,
  Recording,
  ResponseDifference,
  Verdict,
} from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import { comparisonCaveats, type Skipped } from "./caveats.ts";
import { samePlan as isSamePlan } from "./changes-since.ts";
import { classifyChange, hasVerdictInBoth } from "./classify-change.ts";
import { ABSENT, describeVerdict, type VerdictDescription } from "./describe-verdict.ts";
import { createFuzzFailures } from "./fuzz-failures.ts";
import { createChangeGrouper } from "./group-changes.ts";
import { createStatusCounter, outcomeKey, outcomeOf, type VerdictOutcome } from "./outcome.ts";
import { pairVerdicts } from "./pair-verdicts.ts";
import { compareResponses } from "./responses/compare-responses.ts";
import { summarizeRun } from "./run-summary.ts";

type Kinds = { [kind in ChangeKind]: number };
type MutableRow = { -readonly [key in keyof ActionComparison]: ActionComparison[key] } & { kinds: Kinds };

const zeroKinds = (): Kinds => ({ worse: 0, better: 0, other: 0, added: 0, removed: 0 });

/** The recordings are walked, never held. */
export function compareRuns(a: Recording, b: Recording): Comparison {
  const sameSeed = a.header.seed === b.header.seed;
  const sameSpecs = a.header.assay === b.header.assay && a.header.specs === b.header.specs;
  const samePlan = isSamePlan(a.header, b.header);
  const [was, is] = [createStatusCounter(), createStatusCounter()];
  const actions = new Map<string, MutableRow>();
  const tell = createChangeGrouper();
  const passed: Skipped = { mixes: { not: 0, failed: 0 }, one: 0, none: 0, cut: 0 };
  const mixes = createFuzzFailures();
  /** True where B's run fails for it. */
  const isFailure = (verdict: Verdict): boolean =>
    failed(verdict) || (b.header.strict === true && verdict.status === "passed" && verdict.findings.length > 0);
  const only = { a: 0, b: 0 };
  const count = { cases: 0, differ: 0, newFailures: 0, known: 0, missing: 0, noVerdict: 0 };
  let red = 0;

  const rowOf = ({ action }: Verdict): MutableRow => {
    const row = actions.get(action) ?? {
      action,
      compared: 0,
      agree: 0,
      responses: 0,
      kinds: zeroKinds(),
      undecided: 0,
    };
    actions.set(action, row);
    return row;
  };
  const note = (
    verdict: Verdict,
    kind: ChangeKind,
    fails: boolean,
    before: VerdictDescription,
    after: VerdictDescription,
    answer: Told = [],
  ) => {
    const { id, source } = verdict;
    const known = fails && verdict.status === "known";
    rowOf(verdict).kinds[kind]++;
    if (known) count.known++;
    else if (fails) red++;
    tell.add({ id, source, kind, fails, known, was: before, is: after, answer });
  };

  for (const pair of pairVerdicts(a, b)) {
    if (pair.was) was.add(pair.was.status);
    if (pair.is) is.add(pair.is.status);
    if (pair.is === undefined) onlyInA(pair.was);
    else if (pair.was === undefined) onlyInB(pair.is);
    else {
      count.cases++;
      inBoth(pair.was, pair.is);
    }
  }

  function onlyInA(verdict: Verdict): void {
    only.a++;
    if (isJudged(verdict.status)) {
      rowOf(verdict).undecided++;
      count.missing++;
    }
    // What B did not select is counted; it would be no news by name.
    if (samePlan) note(verdict, "removed", false, describeVerdict(verdict), ABSENT);
  }

  function onlyInB(verdict: Verdict): void {
    const { status } = verdict;
    only.b++;
    if (isFailure(verdict) && status !== "known") count.newFailures++;
    if (status === "errored" || status === "indeterminate") rowOf(verdict).undecided++;
    note(verdict, "added", isFailure(verdict), ABSENT, describeVerdict(verdict));
  }

  function inBoth(one: Verdict, other: Verdict): void {
    const row = rowOf(other);
    const silent = isJudged(one.status) && !isJudged(other.status);
    // A failure of assay itself is never green, whatever A came to.
    const broken = other.status === "errored";
    if (failed(one)) mixes.addEarlier(one);
    if (other.family === "fuzz" && !(sameSeed && sameSpecs)) {
      passed.mixes.not++;
      if (other.status === "failed") passed.mixes.failed++;
      if (failed(other)) mixes.addCurrent(other);
      if (broken) row.undecided++;
      return;
    }
    if (silent) count.noVerdict++;
    if (silent || broken) row.undecided++;
    const [before, after] = [outcomeOf(one), outcomeOf(other)];
    const [then, now] = [describeVerdict(one), describeVerdict(other)];
    if (!hasVerdictInBoth(one.status, other.status, false)) {
      if (isFailure(other)) {
        count.differ++;
        note(other, "added", true, then, now);
      } else if (silent || broken) {
        const { id, source } = other;
        tell.add({ id, source, kind: "undecided", fails: false, known: false, was: then, is: now, answer: [] });
      }
      return;
    }
    row.compared++;
    // What the documents leave open may depend on the value, and another seed makes another.
    const open = !sameSeed && (one.status === "observed" || other.status === "observed");
    const answer = open ? [] : compareRecordedResponses(one, other, row);
    const found = outcomeKey(before) === outcomeKey(after) ? null : kindOf(before, after, sameSeed);
    // Where warnings fail B's run, one that A did not have is a failure.
    const warned = found === "other" && other.status === "passed" && isFailure(other) && one.status === "passed";
    const kind = warned && before.should !== after.should ? "worse" : found;
    if (kind === null && answer.length === 0) {
      row.agree++;
      return;
    }
    count.differ++;
    if (kind === null) note(other, "other", false, asWords(answer, "before"), asWords(answer, "after"), answer);
    else note(other, kind, kind === "worse" || newlyKnown(one, other), then, now, answer);
  }

  function compareRecordedResponses(one: Verdict, other: Verdict, row: MutableRow): Told {
    const held = compareResponses(one, other, a.header, b.header);
    if (held === null) {
      if (hasAnswer(one) || hasAnswer(other)) passed.one++;
      else passed.none++;
      return [];
    }
    row.responses += held.compared;
    passed.cut += held.cut;
    return held.differences;
  }

  // Another seed makes other mixes. One that fails as nothing in A did is a failure that only B has.
  for (const verdict of mixes.newFailures()) {
    count.differ++;
    note(verdict, "added", true, ABSENT, describeVerdict(verdict));
  }
  const rows = [...actions.values()];
  const sum = (of: (row: MutableRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const kinds = zeroKinds();
  for (const kind of Object.keys(kinds) as ChangeKind[]) kinds[kind] = sum((row) => row.kinds[kind]);
  const [compared, undecided] = [sum((row) => row.compared), sum((row) => row.undecided)];
  const sides = { a: summarizeRun(a, was.counts), b: summarizeRun(b, is.counts) };
  const whole = sides.a.complete && sides.b.complete;
  return {
    ...sides,
    ...count,
    ...{ samePlan, sameSpecs: sameSpecs, only, compared, kinds, undecided },
    agree: sum((row) => row.agree),
    responses: sum((row) => row.responses),
    total: Object.values(kinds).reduce((total, one) => total + one, 0),
    isWorse: red > 0,
    exit: red > 0 ? 1 : undecided > 0 || compared === 0 || !whole ? 3 : 0,
    ...tell.result(),
    actions: rows,
    remarks: comparisonCaveats(a, b, { ...passed, compared, plan: samePlan }),
  };
}

type Told = readonly ResponseDifference[];

/** That A lacks the action is no excuse for a failure of B. */
const kindOf = (was: VerdictOutcome, is: VerdictOutcome, sameSeed: boolean): ReturnType<typeof classifyChange> =>
  was.status === "unimplemented" && is.status === "failed" ? "worse" : classifyChange(was, is, sameSeed);

const failed = ({ status }: Verdict): boolean => status === "failed" || status === "known";

/** B's list accepts what A did not do: the list is about B's target, and says nothing of A's. */
function newlyKnown(one: Verdict, other: Verdict): boolean {
  const must = (verdict: Verdict): string => outcomeOf(verdict).must;
  return other.status === "known" && !(failed(one) && must(one) === must(other));
}

const hasAnswer = ({ exchanges }: Verdict): boolean => exchanges.some(({ role }) => role === "judged");

function asWords(answer: Told, side: "before" | "after"): VerdictDescription {
  const text = `answer: ${answer.map((one) => `${one.location} ${one[side]}`).join("; ")}`;
  return { text, withoutWarnings: text, statusOnly: text, failing: false, warning: "" };
}
