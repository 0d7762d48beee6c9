/** Verdicts of a run → the data for updating its known-failure list: the failures with their findings, and counts of all other cases. */
import { type FindingSignature, findingSignature, signatureKey } from "../../check/finding-signature.ts";
import { VERDICT_STATUSES } from "../../check/known-failures.ts";
import type { Status, Verdict } from "../../model/index.ts";

export interface Failure {
  readonly id: string;
  /** Position of the case in the plan. */
  readonly planIndex: number;
  /** Glob of all cases of the family: PROVIDER/SERVICE/ACTION/FAMILY/** */
  readonly family: string;
  /** Signatures of the `must` findings, without duplicates. */
  readonly signatures: readonly FindingSignature[];
}

/** Numbers of cases that match a glob. `judged`: passed, failed or known; `noVerdict`: any status but those and observed. */
export interface GlobCounts {
  judged: number;
  observed: number;
  noVerdict: number;
}

export interface KnownCollector {
  /** Verdicts come in the order in which the cases finish. `declaredUnsupported`: the target file itself explains the missing verdict under `unsupported`. */
  recordVerdict(verdict: Verdict, declaredUnsupported: boolean): void;
  /** In the order of the plan. */
  failures(): readonly Failure[];
  /** Number of judged cases of a family, which is given by its glob. */
  judgedCount(family: string): number;
  /** `glob`: one of those that the collector was created with. */
  countsFor(glob: string): GlobCounts;
  /** Why the run is incomplete: for each status without a verdict, the number of cases that are not declared unsupported and the first of them. */
  incompleteStatuses(): readonly string[];
}

/** `globs`: the globs of the entries of the list. */
export function knownCollector(
  globs: Iterable<string>,
  matcher: (glob: string) => (id: string) => boolean,
): KnownCollector {
  const rows = [...new Set(globs)].map((glob) => ({ glob, matches: matcher(glob), counts: zeroCounts() }));
  const byGlob = new Map(rows.map((row) => [row.glob, row.counts]));
  const families = new Map<string, number>();
  const failed: Failure[] = [];
  const incompleteStatuses = new Map<Status, { count: number; first: string }>();
  /** Equal signatures share one object, because thousands of cases may fail in the same way. */
  const distinctSignatures = new Map<string, FindingSignature>();
  const deduplicate = (s: FindingSignature): FindingSignature => {
    const key = signatureKey(s);
    const existing = distinctSignatures.get(key) ?? s;
    distinctSignatures.set(key, existing);
    return existing;
  };
  return {
    recordVerdict: ({ id, planIndex, action, family: name, status, findings }, declaredUnsupported) => {
      for (const { matches, counts } of rows) if (matches(id)) counts[countedAs(status)]++;
      if (status === "observed") return;
      if (!VERDICT_STATUSES.includes(status)) {
        const row = incompleteStatuses.get(status) ?? { count: 0, first: id };
        if (!declaredUnsupported) incompleteStatuses.set(status, { ...row, count: row.count + 1 });
        return;
      }
      const family = `${action}/${name}/**`;
      families.set(family, (families.get(family) ?? 0) + 1);
      if (status === "passed") return;
      const must = findings.filter((f) => f.level === "must").map((f) => deduplicate(findingSignature(f)));
      failed.push({ id, planIndex, family, signatures: [...new Set(must)] });
    },
    failures: () => failed.toSorted((a, b) => a.planIndex - b.planIndex),
    judgedCount: (family) => families.get(family) ?? 0,
    countsFor: (glob) => byGlob.get(glob) ?? zeroCounts(),
    incompleteStatuses: () =>
      [...incompleteStatuses].map(([status, { count, first }]) => `${count} ${status}, such as ${first}`),
  };
}

const zeroCounts = (): GlobCounts => ({ judged: 0, observed: 0, noVerdict: 0 });

const countedAs = (status: Status): keyof GlobCounts =>
  VERDICT_STATUSES.includes(status) ? "judged" : status === "observed" ? "observed" : "noVerdict";
