/** The verdicts of a run beside those of an earlier one → what changed. What was known before is not news. */
import type { Change, ChangeKind, ChangesSince, Header, Verdict } from "../model/index.ts";
import { classifyChange, hasVerdictInBoth, isNewlyUndecided } from "./classify-change.ts";
import { formatOutcome, outcomeKey, outcomeOf } from "./outcome.ts";
import type { PreviousRun } from "./previous-run.ts";

export interface ChangeTracker {
  /** As the log holds it. `excused`: the target said beforehand that it lacks this. */
  note(verdict: Verdict, excused: boolean): void;
  since(): ChangesSince;
}

/** Changes that are told; the others are counted. */
const most = 1000;

/** In this order they are told; a new case that fails is told before one that does not. */
const ranks = ["worse", "added failing", "other", "better", "added", "removed"] as const;
type Rank = (typeof ranks)[number];

/** `strict`: a warning counts as a failure. */
export function trackChanges(earlier: PreviousRun, now: Header, strict = false): ChangeTracker {
  const then = earlier.header;
  const sameSeed = then.seed === now.seed;
  // A mix is made by the seed out of what the specs say.
  const sameMixes = sameSeed && then.assay === now.assay && then.specs === now.specs;
  const left = new Set(samePlan(then, now) ? earlier.outcomes.keys() : []);
  const told: Record<Rank, { n: number; change: Change }[]> = {
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
  const mixes = { not: 0, failed: 0 };
  const add = (kind: ChangeKind, red: boolean, n: number, id: string, before: string, after: string): void => {
    kinds[kind]++;
    if (red) failing++;
    const list = told[kind === "added" && red ? "added failing" : kind];
    if (list.length < most) list.push({ n, change: { id, kind, before, after } });
  };

  return {
    note(verdict, excused) {
      const { id, planIndex, status } = verdict;
      const is = outcomeOf(verdict);
      const was = earlier.outcomes.get(id);
      const fails = status === "failed" || (strict && status === "passed" && verdict.findings.length > 0);
      left.delete(id);
      if (isNewlyUndecided(status, excused, was?.status)) newlyUndecided++;
      if (was === undefined) return add("added", fails, planIndex, id, "", formatOutcome(is));
      if (verdict.family === "fuzz" && !sameMixes) {
        mixes.not++;
        if (fails) mixes.failed++;
        return;
      }
      if (hasVerdictInBoth(was.status, status, excused)) {
        compared++;
        const kind = outcomeKey(was) === outcomeKey(is) ? null : classifyChange(was, is, sameSeed);
        if (kind !== null) add(kind, true, planIndex, id, formatOutcome(was), formatOutcome(is));
        return;
      }
      noVerdict++;
      // A failure of which nobody knew: that it was not seen before is no excuse.
      if (fails) add("added", true, planIndex, id, formatOutcome(was), formatOutcome(is));
    },
    since() {
      let n = 0;
      for (const id of left) {
        const was = earlier.outcomes.get(id);
        add("removed", false, n++, id, was === undefined ? "" : formatOutcome(was), "");
      }
      left.clear();
      const changes = ranks.flatMap((rank) => told[rank].sort((a, b) => a.n - b.n).map(({ change }) => change));
      return {
        run: then.run,
        started: then.started,
        compared,
        total: Object.values(kinds).reduce((a, b) => a + b, 0),
        kinds: { ...kinds },
        failing,
        changes: changes.slice(0, most),
        noVerdict,
        newlyUndecided,
        remarks: [...earlier.remarks, ...differences(earlier, now, mixes, compared)],
      };
    },
  };
}

/** True where a case of the earlier run that is not planned now is gone, and not only left out. */
export function samePlan(header: Header, now: Header): boolean {
  const globs = (select: readonly string[]) => [...new Set(select)].sort().join("\n");
  return (
    globs(header.select) === globs(now.select) &&
    header.depth === now.depth &&
    (header.readOnly ?? false) === (now.readOnly ?? false)
  );
}

/** What sets the two runs apart besides the target. */
function differences(
  earlier: PreviousRun,
  now: Header,
  mixes: { readonly not: number; readonly failed: number },
  compared: number,
): string[] {
  const { header } = earlier;
  const said: string[] = [];
  if (header.assay !== now.assay)
    said.push(`assay ${header.assay} judged it, ${now.assay} this one: a change may be assay's`);
  if (header.specs !== undefined && now.specs !== undefined && header.specs !== now.specs)
    said.push("the specs are others than it was judged by: a change may be theirs");
  if (header.seed !== now.seed)
    said.push(
      `its seed is ${header.seed}, this one's ${now.seed}: what open values were answered with is not compared`,
    );
  if (mixes.not > 0)
    said.push(`${mixes.not} mixes of fuzz are others than before and are not compared, ${mixes.failed} of them failed`);
  if (!samePlan(header, now)) said.push("it had another selection or depth: which cases are gone is not told");
  if (compared === 0) said.push("not one case has a verdict in both runs: nothing is compared");
  return said;
}
