/** Verdicts as they come → what a list of known failures needs of them: who failed and how; of all others the number. */
import { type FindingSignature, findingSignature, signatureKey } from "../../check/finding-signature.ts";
import { VERDICT_STATUSES } from "../../check/known-failures.ts";
import type { Status, Verdict } from "../../model/index.ts";

export interface Failure {
  readonly id: string;
  /** Place in the plan. */
  readonly planIndex: number;
  /** PROVIDER/SERVICE/ACTION/FAMILY/** */
  readonly family: string;
  /** Of its `must` findings, each once. */
  readonly signatures: readonly FindingSignature[];
}

/** Cases under a glob: passed or failed, looked at without a judgement, without a verdict. */
export interface GlobCounts {
  judged: number;
  observed: number;
  noVerdict: number;
}

export interface KnownCollector {
  recordVerdict(verdict: Verdict, excused: boolean): void;
  /** In the order of the plan. */
  failures(): readonly Failure[];
  /** Judged cases of a family of an action. */
  judgedCount(family: string): number;
  /** Of one of the globs that were named at the beginning. */
  countsFor(glob: string): GlobCounts;
  /** Cases that leave the run short of a whole one, by status, with the first of each. */
  incompleteStatuses(): readonly string[];
}

/** `globs`: those of the entries. */
export function knownCollector(
  globs: Iterable<string>,
  matcher: (glob: string) => (id: string) => boolean,
): KnownCollector {
  const rows = [...new Set(globs)].map((glob) => ({ glob, matches: matcher(glob), under: none() }));
  const byGlob = new Map(rows.map((row) => [row.glob, row.under]));
  const families = new Map<string, number>();
  const failed: Failure[] = [];
  const incompleteStatuses = new Map<Status, { count: number; first: string }>();
  /** The same failure again is the same object: thousands may fail alike. */
  const distinct = new Map<string, FindingSignature>();
  const once = (s: FindingSignature): FindingSignature => {
    const key = signatureKey(s);
    const found = distinct.get(key) ?? s;
    distinct.set(key, found);
    return found;
  };
  return {
    recordVerdict: ({ id, planIndex, action, family: name, status, findings }, excused) => {
      for (const { matches, under: countsFor } of rows) if (matches(id)) countsFor[kindOf(status)]++;
      if (status === "observed") return;
      if (!VERDICT_STATUSES.includes(status)) {
        const row = incompleteStatuses.get(status) ?? { count: 0, first: id };
        if (!excused) incompleteStatuses.set(status, { ...row, count: row.count + 1 });
        return;
      }
      const family = `${action}/${name}/**`;
      families.set(family, (families.get(family) ?? 0) + 1);
      if (status === "passed") return;
      const must = findings.filter((f) => f.level === "must").map((f) => once(findingSignature(f)));
      failed.push({ id, planIndex: planIndex, family, signatures: [...new Set(must)] });
    },
    failures: () => failed.toSorted((a, b) => a.planIndex - b.planIndex),
    judgedCount: (family) => families.get(family) ?? 0,
    countsFor: (glob) => byGlob.get(glob) ?? none(),
    incompleteStatuses: () =>
      [...incompleteStatuses].map(([status, { count, first }]) => `${count} ${status}, such as ${first}`),
  };
}

const none = (): GlobCounts => ({ judged: 0, observed: 0, noVerdict: 0 });

const kindOf = (status: Status): keyof GlobCounts =>
  VERDICT_STATUSES.includes(status) ? "judged" : status === "observed" ? "observed" : "unheard";
