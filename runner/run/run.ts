/** A plan and a session → verdicts, one for each planned case, and the footer that adds them up. */
import { createCoverageCounter } from "../cases/coverage-counter.ts";
import type { Log } from "../log/writer.ts";
import type { Case, ChangesSince, Footer, Header, Service, Verdict } from "../model/index.ts";
import { createRunCounts } from "./counts.ts";
import { exitCode } from "./exit-code.ts";
import { openSession, type SessionOptions } from "./session.ts";

/** What the run is held against: told of each verdict as the log has it, then asked what changed. */
interface ChangeTracker {
  note(verdict: Verdict, excused: boolean): void;
  since(): ChangesSince;
}

export interface RunOptions extends SessionOptions {
  readonly cases: Iterable<Case>;
  readonly services: Iterable<Service>;
  readonly header: Header;
  /** Calls in flight at once. */
  readonly lanes: number;
  /** True where no selection left cases out. */
  readonly complete: boolean;
  readonly log: Log;
  readonly changes?: ChangeTracker | undefined;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict, excused: boolean) => void;
}

export async function executeRun(r: RunOptions): Promise<Footer> {
  const started = r.now();
  r.log.write(r.header);
  const session = openSession(r);
  await session.preflight(r.services);
  const counted = createRunCounts();
  const covered = createCoverageCounter();
  let planned = 0;
  const queue = r.cases[Symbol.iterator]();
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { verdict, excused } = await session.evaluate(next.value, planned++);
      counted.add(verdict, next.value, excused);
      covered.add(next.value, verdict);
      r.changes?.note(verdict, excused);
      r.log.write(verdict);
      r.onVerdict?.(verdict, excused);
    }
  };
  await Promise.all(Array.from({ length: r.lanes }, worker));
  const leftovers = await session.cleanUp();
  const interrupted = r.interrupted();
  const staleKnownFailures = interrupted ? [] : r.known.stale(r.complete);
  const unproved = counted.actionsWithoutPass(r.target);
  const { counts, warnings, excused } = counted;
  const strictWarnings = r.strict ? warnings : 0;
  const since = r.changes?.since();
  const exit = exitCode({
    ...(since ? { since } : {}),
    planned,
    counts,
    interrupted,
    stale: staleKnownFailures.length,
    excused,
    strictWarnings,
    actionsWithoutPass: unproved.length,
    left: leftovers - session.leftByKnownFailures(),
  });
  const runProblems = [...session.problems(), ...unproved.map((action) => `${action}: not one case passed`)];
  for (const line of covered.lines()) r.log.write(line);
  const footer: Footer = {
    type: "footer",
    planned,
    counts,
    warnings,
    interrupted,
    staleKnownFailures,
    runProblems,
    leftovers,
    requests: session.requests(),
    ...(since ? { since } : {}),
    exit,
    durationMs: r.now() - started,
  };
  r.log.write(footer);
  return footer;
}
