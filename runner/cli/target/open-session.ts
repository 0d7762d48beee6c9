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
import { loadKnownFailures } from "../known-failures/read.ts";
import { connectTarget, proxySecrets, resolveTarget, type TargetOptions } from "./connect.ts";
import { findTarget } from "./find-target.ts";

export interface OpenOptions extends TargetOptions {
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

export interface OpenSession {
  readonly session: Session;
  readonly target: Target;
  /** True where the target is gone with this process. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** 64 random bits. */
export const newRunId = (): string => runId(randomBytes(8).readBigUInt64BE());

export const newNonce = (): number => randomInt(2 ** 32);

export const sleep = async (ms: number): Promise<void> => void (await wait(ms));

/** What a sweep has to know to find the target again. */
export const ledgerHeader = (
  run: string,
  target: Target,
  how: LedgerHeader["targetOptions"],
  specs: Specs,
): LedgerHeader => ({
  run,
  target: target.name,
  started: new Date().toISOString(),
  ...(how ? { targetOptions: how } : {}),
  services: serviceIdentities(target, specs),
  pid: process.pid,
  machine: hostname(),
});

export function serviceIdentities(target: Target, specs: Specs): Record<string, ServiceIdentity> {
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
export const targetOptionsForLedger = ({
  target,
  endpoint,
  specs,
}: TargetOptions & { specs?: string | undefined }): LedgerHeader["targetOptions"] =>
  target === undefined && endpoint === undefined
    ? undefined
    : {
        ...(target === undefined ? {} : { target: resolve(findTarget(target)) }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(specs === undefined ? {} : { specs: resolve(specs) }),
      };

export async function openSessionOn(o: OpenOptions): Promise<OpenSession> {
  const { target, transport, embedded, close } = await connectTarget(resolveTarget(o, o.specs), o, o.specs, o.faults);
  const run = newRunId();
  const head = ledgerHeader(
    run,
    target,
    embedded ? undefined : targetOptionsForLedger({ ...o, specs: o.specsDir }),
    o.specs,
  );
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
    known: loadKnownFailures(target.known, o.specs, Date.now()),
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
