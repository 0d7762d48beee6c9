/** A selection of cases, faults → the log of a run against an emulator in this process, with all exchanges. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { knownList } from "../../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import { fileLog } from "../../../runner/log/writer.ts";
import { memoryLedger } from "../../../runner/resources/ledger.ts";
import { executeRun } from "../../../runner/run/run.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { specsOf, startEmulator } from "../../vitest.ts";
import { cachedCases } from "../detection/cached-cases.ts";
import { createInProcessTransport } from "../detection/in-process-transport.ts";

interface RecordLogOptions {
  /** Folder of `run.ndjson`. */
  readonly out: string;
  readonly select: readonly string[];
  readonly seed?: number;
  /** Number of cases that are evaluated at the same time; 8 by default. */
  readonly lanes?: number;
  /** Ids of faults of the emulator; none is about connections. */
  readonly faults?: readonly string[];
}

let runs = 0n;

/** The log that `assay run --record all` writes, without sockets and reports. → its path. */
export async function recordLog({ out, select, seed = 1, lanes = 8, faults = [] }: RecordLogOptions): Promise<string> {
  const specs = specsOf();
  const emulator = await startEmulator({ specs, faults });
  if (!emulator.respond) throw new Error(`${faults}: a fault of connections needs sockets`);
  mkdirSync(out, { recursive: true });
  const path = join(out, "run.ndjson");
  const log = fileLog(path);
  const target = emulatorTarget(emulator.url);
  const run = runId(0x2345_6789_abcd_ef01n + runs++);
  const cases = [...cachedCases(specs, "standard", select)];
  try {
    await executeRun({
      cases,
      services: new Set(cases.map(({ action }) => action.service)),
      target,
      run,
      seed,
      header: {
        type: "header",
        format: 2,
        assay: "test",
        run,
        target: target.name,
        seed,
        depth: "standard",
        select,
        started: new Date().toISOString(),
        rerun: "assay run --select {id}",
      },
      lanes,
      strict: false,
      recordAll: true,
      known: knownList([], () => () => false, Date.now()),
      complete: false,
      actions: specs.actions,
      transport: createInProcessTransport(emulator.respond),
      ledger: memoryLedger(),
      log,
      now: Date.now,
      nonce: () => 12345,
      sleep: async (ms) => void (await sleep(ms)),
      interrupted: () => false,
    });
  } finally {
    log.close();
    await emulator.close();
  }
  return path;
}
