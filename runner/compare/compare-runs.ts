/** Two recorded runs -> the changes of each case from A to B, counted, and the first of them listed. */
import type {
  ActionComparison,
  ChangeKind,
  Comparison,
  Recording,
  ResponseDifference,
  Verdict,
} from "../model/index.ts";
import { isJudged } from "../model/status.ts";
import { comparisonCaveats, type NotCompared } from "./caveats.ts";
import { samePlan as isSamePlan } from "./changes-since.ts";
import { classifyChange, hasVerdictInBoth } from "./classify-change.ts";
import { ABSENT, describeVerdict, type VerdictDescription } from "./describe-verdict.ts";
import { createFuzzFailures } from "./fuzz-failures.ts";
import { createChangeGrouper } from "./group-changes.ts";
import { createStatusCounter, outcomeKey, outcomeOf, type VerdictOutcome } from "./outcome.ts";
import { pairVerdicts } from "./pair-verdicts.ts";
import { compareResponses } from "./responses/compare-responses.ts";
import type { FoundDifference, ItemMembers } from "./responses/context.ts";
import { summarizeRun } from "./run-summary.ts";

type Kinds = { [kind in ChangeKind]: number };
type MutableRow = { -readonly [key in keyof ActionComparison]: ActionComparison[key] } & { kinds: Kinds };
type ResponseDifferences = readonly FoundDifference[];

const zeroKinds = (): Kinds => ({ worse: 0, better: 0, other: 0, added: 0, removed: 0 });

/** The verdicts are read one after the other; they are never all in memory. */
export function compareRuns(a: Recording, b: Recording): Comparison {
  const sameSeed = a.header.seed === b.header.seed;
  const sameSpecs = a.header.assay === b.header.assay && a.header.specs === b.header.specs;
  const samePlan = isSamePlan(a.header, b.header);
  const [statusesOfA, statusesOfB] = [createStatusCounter(), createStatusCounter()];
  const actions = new Map<string, MutableRow>();
  const grouper = createChangeGrouper();
  const notCompared: NotCompared = {
    fuzzCases: { notCompared: 0, failed: 0 },
    responsesInOneLog: 0,
    responsesInNeitherLog: 0,
    bodies: 0,
  };
  const fuzzFailures = createFuzzFailures();
  const only = { a: 0, b: 0 };
  const counts = { cases: 0, differ: 0, newFailures: 0, known: 0, missing: 0, noVerdict: 0 };
  let failingChanges = 0;
  const itemMembers: ItemMembers = { a: new Set(), b: new Set() };
  /** Cases whose responses differ only in what an item of a volatile list lacks: decided when all verdicts have been read. */
  const lackingMembers: { readonly verdict: Verdict; readonly differences: ResponseDifferences }[] = [];

  for (const { before, after } of pairVerdicts(a, b)) {
    if (before) statusesOfA.add(before.status);
    if (after) statusesOfB.add(after.status);
    if (after === undefined) addOnlyInA(before);
    else if (before === undefined) addOnlyInB(after);
    else {
      counts.cases++;
      addInBoth(before, after);
    }
  }
  for (const { verdict, differences } of lackingMembers) {
    const actual = differences.filter(
      ({ lacking = [] }) => !lacking.some(({ run, member }) => itemMembers[run].has(member)),
    );
    if (actual.length === 0) rowOf(verdict).agree++;
    else addResponseChange(verdict, actual);
  }
  // With another seed the fuzz cases differ. One that fails as no case of A did is a failure that only B has.
  for (const verdict of fuzzFailures.newFailures()) {
    counts.differ++;
    addChange(verdict, "added", true, ABSENT, describeVerdict(verdict));
  }

  const rows = [...actions.values()];
  const sum = (count: (row: MutableRow) => number): number => rows.reduce((total, row) => total + count(row), 0);
  const kinds = zeroKinds();
  for (const kind of Object.keys(kinds) as ChangeKind[]) kinds[kind] = sum((row) => row.kinds[kind]);
  const [compared, undecided] = [sum((row) => row.compared), sum((row) => row.undecided)];
  const summaries = { a: summarizeRun(a, statusesOfA.counts), b: summarizeRun(b, statusesOfB.counts) };
  const complete = summaries.a.complete && summaries.b.complete;
  return {
    ...summaries,
    ...counts,
    ...{ samePlan, sameSpecs, only, compared, kinds, undecided },
    agree: sum((row) => row.agree),
    responses: sum((row) => row.responses),
    total: Object.values(kinds).reduce((total, count) => total + count, 0),
    isWorse: failingChanges > 0,
    exit: failingChanges > 0 ? 1 : undecided > 0 || compared === 0 || !complete ? 3 : 0,
    ...grouper.result(),
    actions: rows,
    remarks: comparisonCaveats(a, b, { ...notCompared, compared, samePlan }),
  };

  function addOnlyInA(verdict: Verdict): void {
    only.a++;
    if (isJudged(verdict.status)) {
      rowOf(verdict).undecided++;
      counts.missing++;
    }
    // A case that B did not select is only counted.
    if (samePlan) addChange(verdict, "removed", false, describeVerdict(verdict), ABSENT);
  }

  function addOnlyInB(verdict: Verdict): void {
    const { status } = verdict;
    only.b++;
    if (failsRunB(verdict) && status !== "known") counts.newFailures++;
    if (status === "errored" || status === "indeterminate") rowOf(verdict).undecided++;
    addChange(verdict, "added", failsRunB(verdict), ABSENT, describeVerdict(verdict));
  }

  function addInBoth(verdictA: Verdict, verdictB: Verdict): void {
    const row = rowOf(verdictB);
    const lostVerdict = isJudged(verdictA.status) && !isJudged(verdictB.status);
    // An error of assay itself is always undecided, whatever the status in A.
    const isErrored = verdictB.status === "errored";
    if (hasFailed(verdictA)) fuzzFailures.addEarlier(verdictA);
    if (verdictB.family === "fuzz" && !(sameSeed && sameSpecs)) {
      notCompared.fuzzCases.notCompared++;
      if (verdictB.status === "failed") notCompared.fuzzCases.failed++;
      if (hasFailed(verdictB)) fuzzFailures.addCurrent(verdictB);
      if (isErrored) row.undecided++;
      return;
    }
    if (lostVerdict) counts.noVerdict++;
    if (lostVerdict || isErrored) row.undecided++;
    const [outcomeA, outcomeB] = [outcomeOf(verdictA), outcomeOf(verdictB)];
    const [before, after] = [describeVerdict(verdictA), describeVerdict(verdictB)];
    if (!hasVerdictInBoth(verdictA.status, verdictB.status, false)) {
      if (failsRunB(verdictB)) {
        counts.differ++;
        addChange(verdictB, "added", true, before, after);
      } else if (lostVerdict || isErrored) {
        const { id, source } = verdictB;
        grouper.add({ id, source, kind: "undecided", fails: false, known: false, before, after, response: [] });
      }
      return;
    }
    row.compared++;
    // The response to an undocumented value may depend on the value, and another seed generates another value.
    const isUndocumented = !sameSeed && (verdictA.status === "observed" || verdictB.status === "observed");
    const differences = isUndocumented ? [] : compareRecordedResponses(verdictA, verdictB, row);
    const outcomeChange =
      outcomeKey(outcomeA) === outcomeKey(outcomeB) ? null : changeKindOf(outcomeA, outcomeB, sameSeed);
    // Where warnings fail B's run, a warning that A did not have is a failure.
    const hasNewWarning =
      outcomeChange === "other" &&
      verdictB.status === "passed" &&
      failsRunB(verdictB) &&
      verdictA.status === "passed" &&
      outcomeA.should !== outcomeB.should;
    const kind = hasNewWarning ? "worse" : outcomeChange;
    if (kind === null && differences.length === 0) {
      row.agree++;
      return;
    }
    if (kind === null) {
      if (differences.every(({ lacking }) => lacking))
        lackingMembers.push({ verdict: withoutExchanges(verdictB), differences });
      else addResponseChange(verdictB, differences);
      return;
    }
    counts.differ++;
    addChange(verdictB, kind, kind === "worse" || isNewlyKnown(verdictA, verdictB), before, after, differences);
  }

  function compareRecordedResponses(verdictA: Verdict, verdictB: Verdict, row: MutableRow): ResponseDifferences {
    const comparison = compareResponses(verdictA, verdictB, a.header, b.header, itemMembers);
    if (comparison === null) {
      if (hasRecordedResponse(verdictA) || hasRecordedResponse(verdictB)) notCompared.responsesInOneLog++;
      else notCompared.responsesInNeitherLog++;
      return [];
    }
    row.responses += comparison.compared;
    notCompared.bodies += comparison.bodiesNotCompared;
    return comparison.differences;
  }

  function addResponseChange(verdict: Verdict, differences: ResponseDifferences): void {
    counts.differ++;
    const [before, after] = (["before", "after"] as const).map((side) => describeResponses(differences, side));
    if (before && after) addChange(verdict, "other", false, before, after, differences);
  }

  function addChange(
    verdict: Verdict,
    kind: ChangeKind,
    fails: boolean,
    before: VerdictDescription,
    after: VerdictDescription,
    response: ResponseDifferences = [],
  ): void {
    const { id, source } = verdict;
    const known = fails && verdict.status === "known";
    rowOf(verdict).kinds[kind]++;
    if (known) counts.known++;
    else if (fails) failingChanges++;
    grouper.add({ id, source, kind, fails, known, before, after, response: response.map(withoutDetails) });
  }

  function rowOf({ action }: Verdict): MutableRow {
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
  }

  /** True for a failure, and for a warning where B ran with --strict. */
  function failsRunB(verdict: Verdict): boolean {
    return (
      hasFailed(verdict) || (b.header.strict === true && verdict.status === "passed" && verdict.findings.length > 0)
    );
  }
}

/** A failure of an action that A does not implement is worse, although A has no passed case of it. */
const changeKindOf = (
  before: VerdictOutcome,
  after: VerdictOutcome,
  sameSeed: boolean,
): ReturnType<typeof classifyChange> =>
  before.status === "unimplemented" && after.status === "failed" ? "worse" : classifyChange(before, after, sameSeed);

const hasFailed = ({ status }: Verdict): boolean => status === "failed" || status === "known";

/** True for a known failure of B that A does not have: the list of B describes B's target, not A's. */
function isNewlyKnown(verdictA: Verdict, verdictB: Verdict): boolean {
  const mustFindings = (verdict: Verdict): string => outcomeOf(verdict).must;
  return verdictB.status === "known" && !(hasFailed(verdictA) && mustFindings(verdictA) === mustFindings(verdictB));
}

/** What is kept of a verdict until all have been read. */
const withoutExchanges = (verdict: Verdict): Verdict => ({ ...verdict, exchanges: [] });

const withoutDetails = ({ location, before, after }: FoundDifference): ResponseDifference => ({
  location,
  before,
  after,
});

const hasRecordedResponse = ({ exchanges }: Verdict): boolean => exchanges.some(({ role }) => role === "judged");

function describeResponses(differences: ResponseDifferences, side: "before" | "after"): VerdictDescription {
  const text = `response: ${differences.map((difference) => `${difference.location} ${difference[side]}`).join("; ")}`;
  return { text, withoutWarnings: text, statusOnly: text, failing: false, warning: "" };
}
