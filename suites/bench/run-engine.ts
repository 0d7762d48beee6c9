/** Cases and a server's address → the engine's work on them: planned, signed, sent, judged, recorded to a file. */
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

export interface Work {
  readonly url: string;
  readonly cases: Iterable<Case>;
  readonly lanes: number;
  /** Where the log goes. */
  readonly out: string;
  /** Told of each request as it is sent. */
  readonly sent?: (request: HttpRequest) => void;
}

/** A whole run as `assay run` does it, without the reports; `seconds` are those from the first plan to the last line. */
export async function runEngine(work: Work): Promise<{ readonly footer: Footer; readonly seconds: number }> {
  const { url, cases, lanes, out } = work;
  const id = newRunId();
  const started = new Date().toISOString();
  const target = emulatorTarget(url);
  const wire = createUndiciTransport();
  const ledger = openLedgerFile(join(out, "resources.ndjson"), { run: id, target: target.name, started });
  const begun = performance.now();
  const log = fileLog(join(out, "run.ndjson"));
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
      transport: work.sent ? overheard(wire, work.sent) : wire,
      ledger,
      log,
      now: Date.now,
      nonce: newNonce,
      sleep: async (ms) => void (await sleep(ms)),
      interrupted: () => false,
    });
    log.close();
    return { footer, seconds: (performance.now() - begun) / 1000 };
  } finally {
    ledger.close();
    await wire.close();
  }
}

const overheard = (wire: Transport, sent: (request: HttpRequest) => void): Transport => ({
  ...wire,
  send: (origin, request, timeout) => {
    sent(request);
    return wire.send(origin, request, timeout);
  },
});
