/** A plan and a session → verdicts, one for each planned case, and the footer that adds them up. */
import { createCoverageCounter } from "../cases/coverage-counter.ts";
import type { Log } from "../log/writer.ts";
import type { Case, Footer, Header, Service, Since, Verdict } from "../model/index.ts";
import { tally } from "./counts.ts";
import { exitCode } from "./exit-code.ts";
import { openSession, type SessionOptions } from "./session.ts";

/** What the run is held against: told of each verdict as the log has it, then asked what changed. */
interface Beside {
  note(verdict: Verdict, excused: boolean): void;
  since(): Since;
}

export interface Run extends SessionOptions {
  readonly cases: Iterable<Case>;
  readonly services: Iterable<Service>;
  readonly header: Header;
  /** Calls in flight at once. */
  readonly lanes: number;
  /** True where no selection left cases out. */
  readonly whole: boolean;
  readonly log: Log;
  readonly news?: Beside | undefined;
  /** Told of each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict, excused: boolean) => void;
}

export async function run(r: Run): Promise<Footer> {
  const started = r.now();
  r.log.write(r.header);
  const session = openSession(r);
  await session.greet(r.services);
  const counted = tally();
  const covered = createCoverageCounter();
  let planned = 0;
  const queue = r.cases[Symbol.iterator]();
  const lane = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { verdict, excused } = await session.judge(next.value, planned++);
      counted.add(verdict, next.value, excused);
      covered.add(next.value, verdict);
      r.news?.note(verdict, excused);
      r.log.write(verdict);
      r.onVerdict?.(verdict, excused);
    }
  };
  await Promise.all(Array.from({ length: r.lanes }, lane));
  const left = await session.clear();
  const interrupted = r.interrupted();
  const stale = interrupted ? [] : r.known.stale(r.whole);
  const unproved = counted.unproved(r.target);
  const { counts, warnings, excused } = counted;
  const strictWarnings = r.strict ? warnings : 0;
  const since = r.news?.since();
  const exit = exitCode({
    ...(since ? { since } : {}),
    planned,
    counts,
    interrupted,
    stale: stale.length,
    excused,
    strictWarnings,
    unproved: unproved.length,
    left: left - session.forgiven(),
  });
  const troubles = [...session.troubles(), ...unproved.map((action) => `${action}: not one case passed`)];
  for (const line of covered.lines()) r.log.write(line);
  const footer: Footer = {
    type: "footer",
    planned,
    counts,
    warnings,
    interrupted,
    stale,
    troubles,
    left,
    requests: session.requests(),
    ...(since ? { since } : {}),
    exit,
    ms: r.now() - started,
  };
  r.log.write(footer);
  return footer;
}
