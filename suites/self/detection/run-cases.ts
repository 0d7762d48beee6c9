/** Globs on case ids, faults, variants → verdicts of the engine on an emulator in this process. For the tests of assay itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { type Depth, plan } from "../../../runner/cases/plan.ts";
import type { Family } from "../../../runner/cases/template.ts";
import type { Check } from "../../../runner/check/check.ts";
import { knownList } from "../../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import type { Case, KnownFailure, Target, Verdict } from "../../../runner/model/index.ts";
import { memoryLedger } from "../../../runner/resources/ledger.ts";
import type { Postcondition } from "../../../runner/run/postconditions/postcondition.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { openSession } from "../../../runner/run/session.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { createUndiciTransport } from "../../../runner/transport/undici-transport.ts";
import { specsOf, startEmulator } from "../../vitest.ts";
import { cachedCases, isFlat } from "./cached-cases.ts";
import { createInProcessTransport } from "./in-process-transport.ts";

export interface RunCasesOptions {
  /** Globs on case ids; empty: all cases. */
  readonly select: readonly string[];
  /** Ids of faults of the emulator. */
  readonly faults?: readonly string[];
  /** Ids of variants of the emulator. */
  readonly variants?: readonly string[];
  /** Waiting advances the clock of run and emulator instead of taking time. */
  readonly fakeClock?: boolean;
  /** Number of cases evaluated concurrently; default 8. More help only where most of the time is spent waiting. */
  readonly workers?: number;
  /** Default `standard`. */
  readonly depth?: Depth;
  readonly seed?: number;
  readonly specs?: Specs;
  readonly known?: readonly KnownFailure[];
  /** No further case is started after a verdict for which this returns true. */
  readonly stopWhen?: (verdict: Verdict) => boolean;
  /** Sends the requests over HTTP. By default they go to the emulator in this process, unless a fault or variant is about connections. */
  readonly overHttp?: boolean;
  /** Cases that are planned already, in place of `select`. */
  readonly cases?: Iterable<Case>;
  /** Filters the selected cases. */
  readonly only?: (c: Case) => boolean;
  /** URL of a server to use in place of the emulator, with the emulator's keys. */
  readonly endpoint?: string;
  /** Replacements for the registered families, checks and postconditions. */
  readonly families?: readonly Family[];
  readonly checks?: readonly Check[];
  readonly postconditions?: readonly Postcondition[];
  /** Wraps the transport, to observe or change requests and responses. `now` is the clock of run and emulator. */
  readonly wrapTransport?: (transport: Transport, now: () => number) => Transport;
  readonly readOnly?: boolean;
  /** Changes the target, e.g. removes a provided resource. */
  readonly target?: (target: Target) => Target;
}

export interface RunCasesResult {
  readonly verdicts: readonly Verdict[];
  readonly staleKnownFailures: readonly string[];
  /** Number of resources that the run created and could not delete. */
  readonly leftovers: number;
  /** Number of resources of the emulator at the end minus their number at its start. */
  readonly extraResources: number;
  readonly runProblems: readonly string[];
  /** Resources that the target lost, one sentence each. */
  readonly lost: readonly string[];
}

let runs = 0n;

export async function runCases(options: RunCasesOptions): Promise<RunCasesResult> {
  const specs = options.specs ?? specsOf();
  let clockOffsetMs = 0;
  const now = () => Date.now() + clockOffsetMs;
  const emulator = await startEmulator({ specs, faults: options.faults ?? [], variants: options.variants ?? [], now });
  const resourceCount = () =>
    Object.values(emulator.state())
      .flatMap((service) => Object.values(service))
      .reduce((a, b) => a + b, 0);
  const initialCount = resourceCount();
  const { respond } = emulator;
  const direct =
    respond && !options.overHttp && options.endpoint === undefined
      ? createInProcessTransport(respond)
      : createUndiciTransport();
  const transport = options.wrapTransport?.(direct, now) ?? direct;
  const target = emulatorTarget(options.endpoint ?? emulator.url);
  const known = knownList(options.known ?? [], (glob) => globMatcher([glob]), now());
  const session = openSession({
    target: options.target?.(target) ?? target,
    run: runId(0x1234_5678_9abc_def0n + runs++),
    seed: options.seed ?? 1,
    recordAll: false,
    known,
    transport,
    ledger: memoryLedger(),
    now,
    nonce: () => 12345,
    sleep: async (ms) => {
      if (options.fakeClock) clockOffsetMs += ms;
      // Waits up to 100 ms may be for the next tick of a clock and must take their time; longer ones are shortened.
      await sleep(ms <= 100 && !options.fakeClock ? ms : 1);
    },
    interrupted: () => false,
    readOnly: options.readOnly ?? false,
    actions: specs.actions,
    ...(options.checks ? { checks: options.checks } : {}),
    ...(options.postconditions ? { postconditions: options.postconditions } : {}),
  });
  try {
    const { depth = "standard", select, families } = options;
    const planned =
      options.cases ??
      (families
        ? plan({ actions: specs.actions.values(), depth, select, isFlat, families })
        : cachedCases(specs, depth, select));
    const cases = planned[Symbol.iterator]();
    const verdicts: Verdict[] = [];
    let stopped = false;
    const lane = async () => {
      for (let next = cases.next(); !next.done && !stopped; next = cases.next()) {
        if (!(options.only?.(next.value) ?? true)) continue;
        const { verdict } = await session.evaluate(next.value, verdicts.length);
        verdicts.push(verdict);
        stopped ||= options.stopWhen?.(verdict) ?? false;
      }
    };
    await Promise.all(Array.from({ length: options.workers ?? 8 }, lane));
    const leftovers = await session.cleanUp();
    return {
      verdicts,
      staleKnownFailures: known.stale(false),
      leftovers,
      extraResources: resourceCount() - initialCount,
      runProblems: session.problems(),
      lost: session.lost(),
    };
  } finally {
    await transport.close();
    await emulator.close();
  }
}
