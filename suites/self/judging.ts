/** The engine against an emulator of this process: a selection and faults → verdicts. For tests of the suite itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { plan } from "../../runner/cases/plan.ts";
import { selector } from "../../runner/cases/select.ts";
import { knownList } from "../../runner/check/known.ts";
import { emulatorTarget } from "../../runner/cli/target.ts";
import type { KnownFailure, Target, Verdict } from "../../runner/model.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { memoryLedger } from "../../runner/resources/ledger.ts";
import { openSession } from "../../runner/run/session.ts";
import { runId } from "../../runner/run/tokens.ts";
import type { Specs } from "../../runner/spec/load.ts";
import { undiciTransport } from "../../runner/transport/undici.ts";
import { specsOf, startEmulator } from "../harness.ts";

export interface Judging {
  readonly select: readonly string[];
  readonly faults?: readonly string[];
  readonly seed?: number;
  readonly specs?: Specs;
  readonly known?: readonly KnownFailure[];
  /** Changes the emulator's target, e.g. takes a given resource away. */
  readonly target?: (target: Target) => Target;
}

export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly stale: readonly string[];
  /** Ledger entries that stayed open. */
  readonly left: number;
  /** What the emulator held in the end beyond what it began with. */
  readonly held: number;
}

let runs = 0n;

export async function judging(j: Judging): Promise<Judged> {
  const specs = j.specs ?? specsOf();
  const emulator = await startEmulator({ specs, faults: j.faults ?? [] });
  const total = () =>
    Object.values(emulator.state())
      .flatMap((service) => Object.values(service))
      .reduce((a, b) => a + b, 0);
  const before = total();
  const transport = undiciTransport();
  const target = emulatorTarget(emulator.url);
  const known = knownList(j.known ?? [], (glob) => selector([glob]));
  const session = openSession({
    target: j.target?.(target) ?? target,
    run: runId(0x1234_5678_9abc_def0n + runs++),
    seed: j.seed ?? 1,
    recordAll: false,
    known,
    transport,
    ledger: memoryLedger(),
    now: Date.now,
    nonce: () => 12345,
    sleep: async () => void (await sleep(1)),
    interrupted: () => false,
  });
  try {
    const flat = (binding: string) => protocolOf(binding).flat(binding);
    const cases = plan({ actions: specs.actions.values(), depth: "standard", select: j.select, flat })[
      Symbol.iterator
    ]();
    const verdicts: Verdict[] = [];
    const lane = async () => {
      for (let next = cases.next(); !next.done; next = cases.next())
        verdicts.push((await session.judge(next.value, verdicts.length)).verdict);
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    const left = await session.clear();
    return { verdicts, stale: known.stale(false), left, held: total() - before };
  } finally {
    await transport.close();
    await emulator.close();
  }
}
