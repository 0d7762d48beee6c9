/** A target by name, by address or embedded → an open session on it, without a log and without a ledger file. */
import { randomBytes, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { selector } from "../cases/select.ts";
import { knownList } from "../check/known.ts";
import { type Emulator, startEmulator } from "../emulator/server.ts";
import type { Target } from "../model.ts";
import { memoryLedger } from "../resources/ledger.ts";
import { openSession, type Session } from "../run/session.ts";
import { runId } from "../run/tokens.ts";
import type { Specs } from "../spec/load.ts";
import { undiciTransport } from "../transport/undici.ts";
import { readKnown } from "./known.ts";
import { emulatorTarget, readTarget } from "./target.ts";

export interface Opening {
  readonly specs: Specs;
  /** A target file, or the name of one. */
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly seed: number;
  readonly recordAll: boolean;
  /** Named deviations of the embedded emulator. */
  readonly faults?: readonly string[];
}

export interface Opened {
  readonly session: Session;
  readonly target: Target;
  close(): Promise<void>;
}

/** 64 random bits. */
export const newRun = (): string => runId(randomBytes(8).readBigUInt64BE());

export const newNonce = (): number => randomInt(2 ** 32);

export async function openTarget(o: Opening): Promise<Opened> {
  let emulator: Emulator | undefined;
  let target: Target;
  if (o.endpoint !== undefined) target = emulatorTarget(o.endpoint, o.endpoint);
  else if (o.target !== undefined) target = readTarget(o.target, process.env);
  else {
    emulator = await startEmulator({ specs: o.specs, faults: o.faults ?? [] });
    target = emulatorTarget(emulator.url);
  }
  const transport = undiciTransport();
  const session = openSession({
    target,
    run: newRun(),
    seed: o.seed,
    recordAll: o.recordAll,
    known: knownList(target.known ? readKnown(target.known) : [], (glob) => selector([glob])),
    transport,
    ledger: memoryLedger(),
    now: Date.now,
    nonce: newNonce,
    sleep: async (ms) => void (await sleep(ms)),
    interrupted: () => false,
  });
  return {
    session,
    target,
    close: async () => {
      await transport.close();
      await emulator?.close();
    },
  };
}
