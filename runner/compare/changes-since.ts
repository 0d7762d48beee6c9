/** The verdicts of a run and the outcomes of an earlier run -> the changes, without the failures that were there before. */
import type { Change, ChangeKind, ChangesSince, Header, Verdict } from "../model/index.ts";
import { classifyChange, hasVerdictInBoth, isNewlyUndecided } from "./classify-change.ts";
import { formatOutcome, outcomeKey, outcomeOf } from "./outcome.ts";
import type { PreviousRun } from "./previous-run.ts";

export interface ChangeTracker {
  /** Takes a verdict as the log holds it. `declaredByTarget`: the target file declares the case as unsupported. */
  record(verdict: Verdict, declaredByTarget: boolean): void;
  since(): ChangesSince;
}

/** Changes that are listed, so that the log stays small; all are counted. */
const MAX_LISTED_CHANGES = 1000;

/** The order of the list: an added case that fails comes before one that does not. */
const ranks = ["worse", "added failing", "other", "better", "added", "removed"] as const;
type Rank = (typeof ranks)[number];

/** `strict`: a warning counts as a failure. */
export function trackChanges(earlier: PreviousRun, now: Header, strict = false): ChangeTracker {
  const { header } = earlier;
  const sameSeed = header.seed === now.seed;
  // A fuzz case is generated from the seed and the specs.
  const sameFuzzCases = sameSeed && header.assay === now.assay && header.specs === now.specs;
  const missingIds = new Set(samePlan(header, now) ? earlier.outcomes.keys() : []);
  const listed: Record<Rank, { planIndex: number; change: Change }[]> = {
    worse: [],
    "added failing": [],
    other: [],
    better: [],
    added: [],
    removed: [],
  };
  const kinds: Record<ChangeKind, number> = { worse: 0, better: 0, other: 0, added: 0, removed: 0 };
  let compared = 0;
  let failing = 0;
  let noVerdict = 0;
  let newlyUndecided = 0;
  const fuzzCases: FuzzCounts = { notCompared: 0, failed: 0 };
  const add = (planIndex: number, change: Change, failsRun: boolean): void => {
    kinds[change.kind]++;
    if (failsRun) failing++;
    const list = listed[change.kind === "added" && failsRun ? "added failing" : change.kind];
    if (list.length < MAX_LISTED_CHANGES) list.push({ planIndex, change });
  };

  return {
    record(verdict, declaredByTarget) {
      const { id, planIndex, status } = verdict;
      const current = outcomeOf(verdict);
      const previous = earlier.outcomes.get(id);
      const after = formatOutcome(current);
      const fails = status === "failed" || (strict && status === "passed" && verdict.findings.length > 0);
      missingIds.delete(id);
      if (isNewlyUndecided(status, declaredByTarget, previous?.status)) newlyUndecided++;
      if (previous === undefined) return add(planIndex, { id, kind: "added", before: "", after }, fails);
      if (verdict.family === "fuzz" && !sameFuzzCases) {
        fuzzCases.notCompared++;
        if (fails) fuzzCases.failed++;
        return;
      }
      const before = formatOutcome(previous);
      if (hasVerdictInBoth(previous.status, status, declaredByTarget)) {
        compared++;
        const kind = outcomeKey(previous) === outcomeKey(current) ? null : classifyChange(previous, current, sameSeed);
        if (kind !== null) add(planIndex, { id, kind, before, after }, true);
        return;
      }
      noVerdict++;
      // The case had no verdict before, so its failure is a new one.
      if (fails) add(planIndex, { id, kind: "added", before, after }, true);
    },
    since() {
      let index = 0;
      for (const id of missingIds) {
        const previous = earlier.outcomes.get(id);
        const before = previous === undefined ? "" : formatOutcome(previous);
        add(index++, { id, kind: "removed", before, after: "" }, false);
      }
      missingIds.clear();
      const changes = ranks.flatMap((rank) =>
        listed[rank].sort((one, other) => one.planIndex - other.planIndex).map(({ change }) => change),
      );
      return {
        run: header.run,
        started: header.started,
        compared,
        total: Object.values(kinds).reduce((total, count) => total + count, 0),
        kinds: { ...kinds },
        failing,
        changes: changes.slice(0, MAX_LISTED_CHANGES),
        noVerdict,
        newlyUndecided,
        remarks: [...earlier.remarks, ...runDifferences(header, now, fuzzCases, compared)],
      };
    },
  };
}

/** True where both runs planned the same cases, so that a case that is not in one of them was added or removed. */
export function samePlan(header: Header, now: Header): boolean {
  const globs = (select: readonly string[]) => [...new Set(select)].sort().join("\n");
  return (
    globs(header.select) === globs(now.select) &&
    header.depth === now.depth &&
    header.shard?.index === now.shard?.index &&
    header.shard?.count === now.shard?.count &&
    (header.readOnly ?? false) === (now.readOnly ?? false)
  );
}

interface FuzzCounts {
  notCompared: number;
  failed: number;
}

/** How the two runs differ apart from the target, as sentences. */
function runDifferences(header: Header, now: Header, fuzzCases: Readonly<FuzzCounts>, compared: number): string[] {
  const remarks: string[] = [];
  if (header.assay !== now.assay)
    remarks.push(
      `the earlier run was judged by assay ${header.assay}, this one by assay ${now.assay}: a change may be due to assay`,
    );
  if (header.specs !== undefined && now.specs !== undefined && header.specs !== now.specs)
    remarks.push("the earlier run was judged by other specs: a change may be due to the specs");
  if (header.seed !== now.seed)
    remarks.push(
      `the seed of the earlier run is ${header.seed}, that of this run ${now.seed}: responses to undocumented values are not compared`,
    );
  if (fuzzCases.notCompared > 0)
    remarks.push(
      `fuzz cases that differ from the earlier run and are not compared: ${fuzzCases.notCompared}; failed: ${fuzzCases.failed}`,
    );
  if (!samePlan(header, now))
    remarks.push("the earlier run had another selection or depth: cases that only it has are not reported");
  if (compared === 0) remarks.push("no case has a verdict in both runs: nothing is compared");
  return remarks;
}
