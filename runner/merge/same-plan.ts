/** The logs of several shards → the same logs by index, where all are of one plan. */
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
  assertSameKnownFailures(logs);
  return [...byIndex.values()].sort((a, b) => a.header.shard.index - b.header.shard.index);
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
