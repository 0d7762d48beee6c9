/** Target options → an open session on the target, without a log. */
import { createHash, randomBytes, randomInt } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Target } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { type Ledger, memoryLedger } from "../../resources/ledger.ts";
import { type LedgerHeader, openTemporaryLedger, type ServiceIdentity } from "../../resources/ledger-file.ts";
import { thisProcess } from "../../resources/run-process.ts";
import { runId } from "../../run/run-id.ts";
import { serviceTargetOf } from "../../run/send/endpoint.ts";
import { openSession, type Session, type SessionOptions } from "../../run/session.ts";
import type { Specs } from "../../spec/load.ts";
import { loadKnownFailures } from "../known-failures/read.ts";
import { connectTarget, proxySecrets, resolveTarget, type TargetOptions } from "./connect.ts";
import { findTarget } from "./find-target.ts";

export interface OpenOptions extends TargetOptions {
  readonly specs: Specs;
  /** Folder of the specs, unless they are the built-in ones. */
  readonly specsDir?: string | undefined;
  readonly seed: number;
  readonly recordAll: boolean;
  /** Ids of faults of the embedded emulator. */
  readonly faults?: readonly string[];
  /** Folder of the ledger, which exists while it lists resources; default `reports/out`. */
  readonly out?: string;
  readonly interrupted?: () => boolean;
  readonly onExchange?: SessionOptions["onExchange"];
}

export interface OpenSession {
  readonly session: Session;
  readonly target: Target;
  /** True for the embedded emulator, which ends together with this process. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** 64 random bits. */
export const newRunId = (): string => runId(randomBytes(8).readBigUInt64BE());

export const newNonce = (): number => randomInt(2 ** 32);

export const sleep = async (ms: number): Promise<void> => void (await wait(ms));

/** The header of a ledger: what a later sweep needs to connect to the same target. `now`: milliseconds since the epoch. */
export const ledgerHeader = (
  run: string,
  target: Target,
  targetOptions: LedgerHeader["targetOptions"],
  specs: Specs,
  now: number,
): LedgerHeader => ({
  run,
  target: target.name,
  started: new Date(now).toISOString(),
  ...(targetOptions ? { targetOptions } : {}),
  services: serviceIdentities(target, specs),
  ...thisProcess(),
});

/** By service: where its requests go, and with which credentials. The key id is hashed. */
export function serviceIdentities(target: Target, specs: Specs): Record<string, ServiceIdentity> {
  const identities: Record<string, ServiceIdentity> = {};
  for (const id of specs.services.keys()) {
    const service = serviceTargetOf(target, id);
    if (!service) continue;
    const { endpoint, host, region, account, credentials } = service;
    identities[id] = {
      endpoint,
      host,
      ...(region === undefined ? {} : { region }),
      ...(credentials.app === undefined ? {} : { app: credentials.app }),
      ...(account === undefined ? {} : { account }),
      key: createHash("sha256").update(credentials.id).digest("hex").slice(0, 16),
    };
  }
  return identities;
}

/** A digest of where the requests go and of the named accounts. Keys are left out: each job of a CI may get a temporary one. */
export function targetDigest(target: Target, specs: Specs): string {
  const places = Object.entries(serviceIdentities(target, specs)).map(([service, { key: _, ...place }]) => [
    service,
    place,
  ]);
  return createHash("sha256").update(JSON.stringify(places)).digest("hex").slice(0, 12);
}

/** The options with absolute paths, so that they are valid in any working directory. */
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

export async function openSessionOn(options: OpenOptions): Promise<OpenSession> {
  const { target, transport, embedded, close } = await connectTarget(
    resolveTarget(options, options.specs),
    options,
    options.specs,
    options.faults,
  );
  const run = newRunId();
  const header = ledgerHeader(
    run,
    target,
    embedded ? undefined : targetOptionsForLedger({ ...options, specs: options.specsDir }),
    options.specs,
    Date.now(),
  );
  const redactor = createRedactor(target.services.values(), run, proxySecrets(process.env));
  const ledger: Ledger = embedded
    ? memoryLedger()
    : openTemporaryLedger(
        join(options.out ?? join("reports", "out"), `resources.${run}.ndjson`),
        header,
        redactor.serializeLine,
      );
  const session = openSession({
    target,
    run,
    seed: options.seed,
    recordAll: options.recordAll,
    known: loadKnownFailures(target.known, options.specs, Date.now()),
    transport,
    redactor,
    ledger,
    actions: options.specs.actions,
    now: Date.now,
    nonce: newNonce,
    sleep,
    interrupted: options.interrupted ?? (() => false),
    ...(options.onExchange ? { onExchange: options.onExchange } : {}),
  });
  return {
    session,
    target,
    embedded,
    close: async () => {
      try {
        ledger.close();
      } finally {
        await close();
      }
    },
  };
}
