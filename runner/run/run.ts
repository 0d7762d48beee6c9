/** A plan and a session -> one verdict for each planned case, and the footer with their counts. */
import { staleInShard } from "../check/known-failures.ts";
import type { Log } from "../log/writer.ts";
import type { Case, ChangesSince, Footer, Header, Service, Verdict } from "../model/index.ts";
import { createRunCounts } from "./counts.ts";
import { createCoverageStream } from "./coverage-stream.ts";
import { exitCode } from "./exit-code.ts";
import { openSession, type SessionOptions } from "./session.ts";

/** Compares the run with an earlier one: gets each verdict as the log holds it, and reports the changes at the end. */
interface ChangeTracker {
  record(verdict: Verdict, declaredByTarget: boolean): void;
  since(): ChangesSince;
}

export interface RunOptions extends SessionOptions {
  readonly cases: Iterable<Case>;
  readonly services: Iterable<Service>;
  /** Rounds of the same cases before the last one, which iterates `cases`. */
  readonly soak?: { readonly rounds: number; readonly cases: Iterable<Case> };
  readonly header: Header;
  /** Number of cases that are evaluated at the same time. */
  readonly lanes: number;
  /** True where no selection excluded cases, apart from those of other shards. */
  readonly complete: boolean;
  /** For a shard: the place in the whole plan of the first case of each action, by id. The cases of an action follow one another. */
  readonly firstPlanIndexes?: ReadonlyMap<string, number>;
  readonly log: Log;
  readonly changes?: ChangeTracker | undefined;
  /** Called with each verdict as soon as it is decided. */
  readonly onVerdict?: (verdict: Verdict, declaredByTarget: boolean) => void;
}

/** @throws what `cases`, `log`, `ledger` or `onVerdict` threw, after the clean-up. */
export async function executeRun(options: RunOptions): Promise<Footer> {
  const started = options.now();
  options.log.write(options.header);
  /** The first error that ends the run, such as a log that cannot be written. What the run created is deleted before it is thrown. */
  let failure: unknown;
  const session = openSession({ ...options, interrupted: () => failure !== undefined || options.interrupted() });
  await session.preflight(options.services);
  const runCounts = createRunCounts();
  const coverage = createCoverageStream(options.log.write);
  let planned = 0;
  let nextIndexes = new Map(options.firstPlanIndexes);
  /** The place of the next case of the queue in the plan. */
  const planIndexOf = ({ action }: Case): number => {
    planned++;
    const index = nextIndexes.get(action.id) ?? planned - 1;
    if (nextIndexes.has(action.id)) nextIndexes.set(action.id, index + 1);
    return index;
  };
  const rounds = (options.soak?.rounds ?? 0) + 1;
  /** By place in the plan: the verdicts of earlier rounds, without their exchanges. */
  const earlier = new Map<number, Verdict>();
  for (let round = 1; round <= rounds && failure === undefined; round++) {
    const isLast = round === rounds;
    planned = 0;
    nextIndexes = new Map(options.firstPlanIndexes);
    const queue = (isLast ? options.cases : (options.soak?.cases ?? []))[Symbol.iterator]();
    const evaluateQueue = async () => {
      for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
        const index = planIndexOf(next.value);
        const decided = earlier.get(index);
        if (isLast) coverage.take(next.value);
        if (decided && isLast) coverage.add(next.value, decided);
        if (decided) continue;
        const evaluated = await session.evaluate(next.value, index);
        if (!isLast && canBeRepeated(evaluated.verdict)) continue;
        const verdict = rounds === 1 ? evaluated.verdict : inRound(evaluated.verdict, round, rounds);
        const { declaredByTarget } = evaluated;
        if (!isLast) earlier.set(index, { ...verdict, exchanges: [] });
        runCounts.add(verdict, next.value, declaredByTarget);
        options.changes?.record(verdict, declaredByTarget);
        options.log.write(declaredByTarget ? { ...verdict, declaredByTarget } : verdict);
        if (isLast) coverage.add(next.value, verdict);
        options.onVerdict?.(verdict, declaredByTarget);
        failure ??= options.ledger.failure();
      }
    };
    const worker = () =>
      evaluateQueue().catch((error) => {
        failure ??= error;
      });
    await Promise.all(Array.from({ length: options.lanes }, worker));
  }
  const leftovers = await session.cleanUp();
  failure ??= options.ledger.failure();
  if (failure !== undefined) throw failure;
  const lost = session.lost();
  const died = session.died();
  const interrupted = options.interrupted();
  const known = options.shard ? options.known.states(options.complete) : [];
  const staleKnownFailures = interrupted
    ? []
    : options.shard
      ? staleInShard(known)
      : options.known.stale(options.complete);
  const actionsWithoutPass = runCounts.actionsWithoutPass(options.target);
  const { counts, warnings, declaredByTarget } = runCounts;
  const strictWarnings = options.strict ? warnings : 0;
  const leftoversOfKnownFailures = session.leftoversOfKnownFailures();
  const since = options.changes?.since();
  const exit = exitCode({
    ...(since ? { since } : {}),
    planned,
    counts,
    interrupted,
    staleKnownFailures: staleKnownFailures.length,
    declaredByTarget,
    strictWarnings,
    actionsWithoutPass: actionsWithoutPass.length,
    lost: lost.length,
    died: died.length,
    leftovers: leftovers - leftoversOfKnownFailures,
  });
  const runProblems = [...session.problems(), ...actionsWithoutPass.map((action) => `${action}: no case passed`)];
  coverage.end();
  const footer: Footer = {
    type: "footer",
    planned,
    counts,
    warnings,
    interrupted,
    staleKnownFailures,
    runProblems,
    ...(lost.length > 0 ? { lost } : {}),
    ...(died.length > 0 ? { died } : {}),
    leftovers,
    requests: session.requests(),
    ...(since ? { since } : {}),
    ...(options.shard
      ? { shard: { actionsWithoutPass: actionsWithoutPass.length, leftoversOfKnownFailures, known } }
      : {}),
    exit,
    durationMs: options.now() - started,
  };
  options.log.write(footer);
  return footer;
}

/** A case is repeated until it has another result, or a warning; that one is its verdict. */
const canBeRepeated = ({ status, findings }: Verdict): boolean =>
  findings.length === 0 && !["failed", "known", "indeterminate", "errored"].includes(status);

/** Where not every round had this result, the reason names the round. */
function inRound(verdict: Verdict, round: number, rounds: number): Verdict {
  if (round === 1 || canBeRepeated(verdict)) return verdict;
  const note = `in round ${round} of ${rounds}, after no problem in the rounds before`;
  return { ...verdict, reason: verdict.reason === "" ? note : `${verdict.reason}; ${note}` };
}
