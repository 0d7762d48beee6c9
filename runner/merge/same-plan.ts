/** The logs of several shards → the same logs by index, where all are of one plan. */
import { totalCount } from "../model/status.ts";
import type { ShardLog } from "./shard-log.ts";

/** What has to be equal for the shards of a plan, by the name in the error message. */
const facts: Readonly<Record<string, (log: ShardLog) => unknown>> = {
  "number of shards": ({ header }) => header.shard.count,
  "version of assay": ({ header }) => header.assay,
  target: ({ header }) => header.target,
  seed: ({ header }) => header.seed,
  depth: ({ header }) => header.depth,
  "--select": ({ header }) => header.select,
  "--read-only": ({ header }) => header.readOnly ?? false,
  "level that fails the run": ({ header }) => (header.strict ? "should" : "must"),
  "digest of the specs": ({ header }) => header.specs,
  "digest of endpoints and accounts": ({ header }) => header.plan.target,
  "digest of the cases": ({ header }) => header.plan.digest,
};

/** @throws an Error with file, difference and remedy where the shards are not of one plan, or one is given twice. */
export function assertSamePlan(logs: readonly ShardLog[]): ShardLog[] {
  const [first] = logs;
  const byIndex = new Map<number, ShardLog>();
  for (const log of logs) {
    if (!first) break;
    for (const [name, factOf] of Object.entries(facts)) {
      const [one, other] = [first, log].map((shard) => JSON.stringify(factOf(shard)) ?? "unknown");
      if (one !== other)
        throw new Error(
          `${log.path}:1: not a shard of the same plan as ${first.path}: its ${name} is ${other}, not ${one}; give the shards of one plan`,
        );
    }
    const { index, count } = log.header.shard;
    const same = byIndex.get(index);
    if (same)
      throw new Error(
        `${log.path}:1: shard ${index}/${count} is given twice, as run ${same.header.run} in ${same.path} and as run ${log.header.run}; give one of the two`,
      );
    byIndex.set(index, log);
  }
  for (const log of logs) assertAllVerdicts(log);
  assertWholePlan([...byIndex.values()]);
  assertSameKnownFailures(logs);
  return [...byIndex.values()].sort((a, b) => a.header.shard.index - b.header.shard.index);
}

/** A run that ended, interrupted or not, has a verdict for each case of its shard. */
function assertAllVerdicts({ path, header, footer, counts }: ShardLog): void {
  const verdicts = totalCount(counts);
  if (footer === null || (verdicts === footer.planned && verdicts === header.shard.cases)) return;
  throw new Error(
    `${path}: it has ${verdicts} verdicts, but its footer says ${footer.planned} and its shard has ${header.shard.cases} cases; the log is damaged, so run the shard again`,
  );
}

/** All shards together have the cases of the plan; otherwise they divided it in different ways. */
function assertWholePlan(logs: readonly ShardLog[]): void {
  const [first] = logs;
  if (!first || logs.length < first.header.shard.count) return;
  const cases = logs.reduce((sum, { header }) => sum + header.shard.cases, 0);
  if (cases !== first.header.plan.cases)
    throw new Error(
      `${first.path}:1: the plan has ${first.header.plan.cases} cases, but its shards have ${cases}; run all shards with the same build of assay`,
    );
}

/** Only the logs of runs that ended name the entries of the list. */
function assertSameKnownFailures(logs: readonly ShardLog[]): void {
  const globsOf = ({ footer }: ShardLog) => JSON.stringify(footer?.shard?.known.map((entry) => entry.case) ?? []);
  const [first, ...others] = logs.filter(({ footer }) => footer !== null);
  const different = first && others.find((log) => globsOf(log) !== globsOf(first));
  if (different)
    throw new Error(
      `${different.path}: its list of known failures is another one than that of ${first.path}; run both shards with the same list`,
    );
}
