/** The engine against an emulator of this process: a selection and faults → verdicts. For tests of the suite itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { plan } from "../../../runner/cases/plan.ts";
import type { Family } from "../../../runner/cases/template.ts";
import type { Check } from "../../../runner/check/check.ts";
import { knownList } from "../../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import type { Case, KnownFailure, Target, Verdict } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { memoryLedger } from "../../../runner/resources/ledger.ts";
import type { Postcondition } from "../../../runner/run/postconditions/postcondition.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { openSession } from "../../../runner/run/session.ts";
import type { Specs } from "../../../runner/spec/load.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { createUndiciTransport } from "../../../runner/transport/undici-transport.ts";
import { specsOf, startEmulator } from "../../vitest.ts";

export interface RunCasesOptions {
  readonly select: readonly string[];
  readonly faults?: readonly string[];
  readonly variants?: readonly string[];
  /** Waiting puts the clock of run and emulator forward, and so costs nothing. */
  readonly fakeClock?: boolean;
  /** Cases that are judged side by side; 8 unless waiting dominates. */
  readonly workers?: number;
  readonly seed?: number;
  readonly specs?: Specs;
  readonly known?: readonly KnownFailure[];
  /** True where a verdict tells all that is asked: no further case is sent. */
  readonly stopWhen?: (verdict: Verdict) => boolean;
  /** Of the selected cases, these. */
  readonly only?: (c: Case) => boolean;
  /** Another server than the emulator, which speaks with the emulator's keys. */
  readonly endpoint?: string;
  /** Weakened ones in place of the registries'. */
  readonly families?: readonly Family[];
  readonly checks?: readonly Check[];
  readonly postconditions?: readonly Postcondition[];
  /** Stands between the engine and the wire. */
  readonly wrapTransport?: (transport: Transport) => Transport;
  readonly readOnly?: boolean;
  /** Changes the emulator's target, e.g. takes a given resource away. */
  readonly target?: (target: Target) => Target;
}

export interface RunCasesResult {
  readonly verdicts: readonly Verdict[];
  readonly stale: readonly string[];
  /** Ledger entries that stayed open. */
  readonly left: number;
  /** What the emulator held in the end beyond what it began with. */
  readonly held: number;
  readonly troubles: readonly string[];
}

let runs = 0n;

export async function runCases(j: RunCasesOptions): Promise<RunCasesResult> {
  const specs = j.specs ?? specsOf();
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const emulator = await startEmulator({ specs, faults: j.faults ?? [], variants: j.variants ?? [], now });
  const total = () =>
    Object.values(emulator.state())
      .flatMap((service) => Object.values(service))
      .reduce((a, b) => a + b, 0);
  const before = total();
  const direct = createUndiciTransport();
  const transport = j.wrapTransport?.(direct) ?? direct;
  const target = emulatorTarget(j.endpoint ?? emulator.url);
  const known = knownList(j.known ?? [], (glob) => globMatcher([glob]), now());
  const session = openSession({
    target: j.target?.(target) ?? target,
    run: runId(0x1234_5678_9abc_def0n + runs++),
    seed: j.seed ?? 1,
    recordAll: false,
    known,
    transport,
    ledger: memoryLedger(),
    now,
    nonce: () => 12345,
    sleep: async (ms) => {
      if (j.fakeClock) ahead += ms;
      // A short wait may be for a clock to go on; none of the others is worth its time here.
      await sleep(ms <= 100 && !j.fakeClock ? ms : 1);
    },
    interrupted: () => false,
    readOnly: j.readOnly ?? false,
    actions: specs.actions,
    ...(j.checks ? { checks: j.checks } : {}),
    ...(j.postconditions ? { proofs: j.postconditions } : {}),
  });
  try {
    const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
    const cases = plan({
      actions: specs.actions.values(),
      depth: "standard",
      select: j.select,
      isFlat,
      ...(j.families ? { families: j.families } : {}),
    })[Symbol.iterator]();
    const verdicts: Verdict[] = [];
    let told = false;
    const lane = async () => {
      for (let next = cases.next(); !next.done && !told; next = cases.next()) {
        if (!(j.only?.(next.value) ?? true)) continue;
        const { verdict } = await session.evaluate(next.value, verdicts.length);
        verdicts.push(verdict);
        told ||= j.stopWhen?.(verdict) ?? false;
      }
    };
    await Promise.all(Array.from({ length: j.workers ?? 8 }, lane));
    const left = await session.cleanUp();
    return { verdicts, stale: known.stale(false), left, held: total() - before, troubles: session.problems() };
  } finally {
    await transport.close();
    await emulator.close();
  }
}
