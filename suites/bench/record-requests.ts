/** Cases → the signed requests that a run of them sends, to be sent again without the engine. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { families } from "../../runner/cases/families/index.ts";
import { plan } from "../../runner/cases/plan.ts";
import { knownList } from "../../runner/check/known-failures.ts";
import { emulatorTarget } from "../../runner/cli/target/find-target.ts";
import { newNonce, newRunId } from "../../runner/cli/target/open-session.ts";
import { fileLog } from "../../runner/log/writer.ts";
import type { Action } from "../../runner/model/index.ts";
import { protocolOf } from "../../runner/protocols/index.ts";
import { memoryLedger } from "../../runner/resources/ledger.ts";
import { executeRun } from "../../runner/run/run.ts";
import { createUndiciTransport } from "../../runner/transport/undici-transport.ts";
import { toUndiciRequest, type UndiciRequest } from "./undici-baseline.ts";

interface Source {
  readonly url: string;
  readonly actions: Iterable<Action>;
  /** Which families of cases. */
  readonly includes: (family: string) => boolean;
  /** Existing folder for the log. */
  readonly folder: string;
}

/** The cases are those that only read, so that their requests can be repeated. @throws if one of them does not pass. */
export async function recordRequests({ url, actions, includes, folder }: Source): Promise<UndiciRequest[]> {
  const requests: UndiciRequest[] = [];
  const run = newRunId();
  const target = emulatorTarget(url);
  const undici = createUndiciTransport();
  const log = fileLog(join(folder, "requests.ndjson"));
  const cases = plan({
    actions,
    depth: "standard",
    select: [],
    isFlat: (binding) => protocolOf(binding).isFlat(binding),
    readOnly: true,
    families: families.filter(({ id }) => includes(id)),
  });
  const header = { run, target: target.name, seed: 1, started: new Date().toISOString(), rerun: "npm run bench" };
  try {
    const { exit, counts } = await executeRun({
      cases,
      services: [],
      target,
      run,
      seed: 1,
      header: { type: "header", format: 2, assay: "bench", depth: "standard", select: [], ...header },
      lanes: 8,
      strict: false,
      recordAll: false,
      known: knownList([], () => () => false),
      complete: false,
      transport: {
        ...undici,
        send: (origin, request, timeout) => {
          requests.push(toUndiciRequest(request));
          return undici.send(origin, request, timeout);
        },
      },
      ledger: memoryLedger(),
      log,
      now: Date.now,
      nonce: newNonce,
      sleep: async (ms) => void (await sleep(ms)),
      interrupted: () => false,
    });
    if (exit !== 0) throw new Error(`cases of the benchmark did not pass: ${JSON.stringify(counts)}`);
    return requests;
  } finally {
    log.close();
    await undici.close();
  }
}
