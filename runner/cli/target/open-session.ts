/** A target by name, by address or embedded → an open session on it, without a log. */
import { createHash, randomBytes, randomInt } from "node:crypto";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Target } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { type Ledger, memoryLedger } from "../../resources/ledger.ts";
import { type LedgerHeader, openTemporaryLedger, type ServiceIdentity } from "../../resources/ledger-file.ts";
import { runId } from "../../run/run-id.ts";
import { serviceTargetOf } from "../../run/send/endpoint.ts";
import { openSession, type Session } from "../../run/session.ts";
import type { Specs } from "../../spec/load.ts";
import { knownOf } from "../known-failures/read.ts";
import { named, proxySecrets, type Reach, reach } from "./connect.ts";
import { findTarget } from "./find-target.ts";

export interface Opening extends Reach {
  readonly specs: Specs;
  /** The folder that they were read from, where it is not the built-in one. */
  readonly specsDir?: string | undefined;
  readonly seed: number;
  readonly recordAll: boolean;
  /** Named deviations of the embedded emulator. */
  readonly faults?: readonly string[];
  /** Where a ledger is kept while it names something; `reports/out` if nothing is said. */
  readonly out?: string;
  readonly interrupted?: () => boolean;
}

export interface Opened {
  readonly session: Session;
  readonly target: Target;
  /** True where the target is gone with this process. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** 64 random bits. */
export const newRun = (): string => runId(randomBytes(8).readBigUInt64BE());

export const newNonce = (): number => randomInt(2 ** 32);

export const sleep = async (ms: number): Promise<void> => void (await wait(ms));

/** What a sweep has to know to find the target again. */
export const headOf = (
  run: string,
  target: Target,
  how: LedgerHeader["targetOptions"],
  specs: Specs,
): LedgerHeader => ({
  run,
  target: target.name,
  started: new Date().toISOString(),
  ...(how ? { targetOptions: how } : {}),
  services: placesOf(target, specs),
  pid: process.pid,
  machine: hostname(),
});

export function placesOf(target: Target, specs: Specs): Record<string, ServiceIdentity> {
  const places: Record<string, ServiceIdentity> = {};
  for (const id of specs.services.keys()) {
    const to = serviceTargetOf(target, id);
    if (!to) continue;
    const { endpoint, host, region, account, credentials } = to;
    places[id] = {
      endpoint,
      host,
      ...(region === undefined ? {} : { region }),
      ...(credentials.app === undefined ? {} : { app: credentials.app }),
      ...(account === undefined ? {} : { account }),
      key: createHash("sha256").update(credentials.id).digest("hex").slice(0, 16),
    };
  }
  return places;
}

/** In words that hold in any folder. */
export const reachOf = ({
  target,
  endpoint,
  specs,
}: Reach & { specs?: string | undefined }): LedgerHeader["targetOptions"] =>
  target === undefined && endpoint === undefined
    ? undefined
    : {
        ...(target === undefined ? {} : { target: resolve(findTarget(target)) }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(specs === undefined ? {} : { specs: resolve(specs) }),
      };

export async function openTarget(o: Opening): Promise<Opened> {
  const { target, transport, embedded, close } = await reach(named(o, o.specs), o, o.specs, o.faults);
  const run = newRun();
  const head = headOf(run, target, embedded ? undefined : reachOf({ ...o, specs: o.specsDir }), o.specs);
  const redactor = createRedactor(target.services.values(), run, proxySecrets(process.env));
  const ledger: Ledger = embedded
    ? memoryLedger()
    : openTemporaryLedger(
        join(o.out ?? join("reports", "out"), `resources.${run}.ndjson`),
        head,
        redactor.serializeLine,
      );
  const session = openSession({
    target,
    run,
    seed: o.seed,
    recordAll: o.recordAll,
    known: knownOf(target.known, o.specs, Date.now()),
    transport,
    redactor,
    ledger,
    actions: o.specs.actions,
    now: Date.now,
    nonce: newNonce,
    sleep,
    interrupted: o.interrupted ?? (() => false),
  });
  return {
    session,
    target,
    embedded,
    close: async () => {
      ledger.close();
      await close();
    },
  };
}
