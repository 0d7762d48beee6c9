/** Runs cases on a server as `assay run` does: plans, signs, sends, evaluates and logs them, but renders no reports. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { knownList } from "../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../runner/cli/target/find-target.ts";
import { newNonce, newRunId } from "../../runner/cli/target/open-session.ts";
import { fileLog } from "../../runner/log/writer.ts";
import type { Case, Footer, HttpRequest } from "../../runner/model/index.ts";
import { openLedgerFile } from "../../runner/resources/ledger-file.ts";
import { executeRun } from "../../runner/run/run.ts";
import type { Transport } from "../../runner/transport/transport.ts";
import { createUndiciTransport } from "../../runner/transport/undici-transport.ts";

export interface EngineWork {
  readonly url: string;
  readonly cases: Iterable<Case>;
  /** Number of concurrent cases. */
  readonly lanes: number;
  /** Existing folder for log and ledger. */
  readonly folder: string;
  /** Called for each request before it is sent. */
  readonly onSend?: (request: HttpRequest) => void;
}

/** `seconds`: from the first planned case to the last line of the log. */
export async function runEngine(work: EngineWork): Promise<{ readonly footer: Footer; readonly seconds: number }> {
  const { url, cases, lanes, folder } = work;
  const id = newRunId();
  const started = new Date().toISOString();
  const target = emulatorTarget(url);
  const undici = createUndiciTransport();
  const ledger = openLedgerFile(join(folder, "resources.ndjson"), { run: id, target: target.name, started });
  const start = performance.now();
  const log = fileLog(join(folder, "run.ndjson"));
  try {
    const footer = await executeRun({
      cases,
      services: [],
      target,
      run: id,
      seed: 1,
      header: {
        type: "header",
        format: 2,
        assay: "bench",
        run: id,
        target: target.name,
        seed: 1,
        depth: "standard",
        select: [],
        started,
        rerun: "npm run bench",
      },
      lanes,
      strict: false,
      recordAll: false,
      known: knownList([], () => () => false),
      complete: false,
      transport: work.onSend ? observedTransport(undici, work.onSend) : undici,
      ledger,
      log,
      now: Date.now,
      nonce: newNonce,
      sleep: async (ms) => void (await sleep(ms)),
      interrupted: () => false,
    });
    log.close();
    return { footer, seconds: (performance.now() - start) / 1000 };
  } finally {
    ledger.close();
    await undici.close();
  }
}

const observedTransport = (undici: Transport, sent: (request: HttpRequest) => void): Transport => ({
  ...undici,
  send: (origin, request, timeout) => {
    sent(request);
    return undici.send(origin, request, timeout);
  },
});
