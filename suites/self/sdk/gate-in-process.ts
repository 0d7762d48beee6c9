/** Faults of the reference driver and a selection → the verdicts of a run of the gate, without a process. */
import { PassThrough } from "node:stream";
import { globMatcher } from "../../../runner/cases/glob.ts";
import { knownList } from "../../../runner/check/known-failures.ts";
import { memoryLog } from "../../../runner/log/memory-log.ts";
import type { Depth, Footer, Verdict } from "../../../runner/model/index.ts";
import { createRedactor } from "../../../runner/redaction/redactor.ts";
import { createDriver, type Driver } from "../../../runner/sdk/driver/driver.ts";
import type { StartedDriver } from "../../../runner/sdk/driver/driver-process.ts";
import type { DriverHello } from "../../../runner/sdk/driver/messages.ts";
import { planSdk } from "../../../runner/sdk/plan.ts";
import { runSdk } from "../../../runner/sdk/run-sdk.ts";
import { type ScriptedServer, startScriptedServer } from "../../../runner/sdk/server/scripted-server.ts";
import { sdkKey } from "../../../runner/sdk/server/sdk-key.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { type DriverFault, type SdkFault, serveCalls } from "./reference-driver.ts";

export const specs = loadSpecs(builtInSpecs());

export interface GateOptions {
  readonly faults?: readonly (SdkFault | DriverFault)[];
  readonly select?: readonly string[];
  readonly depth?: Depth;
  readonly seed?: number;
  /** Replaces parts of the driver's hello. */
  readonly hello?: Partial<DriverHello>;
  /** Number of verdicts after which the run is interrupted. */
  readonly interruptAfter?: number;
  /** In seconds. */
  readonly timeoutSeconds?: number;
}

/** The driver runs in this process, with a pair of streams in place of standard input and output. */
function startInProcess(
  server: Pick<ScriptedServer, "url">,
  faults: readonly (SdkFault | DriverFault)[],
): StartedDriver {
  const input = new PassThrough();
  const output = new PassThrough();
  const environment = {
    ASSAY_ENDPOINT: server.url,
    ASSAY_CA: "",
    ASSAY_ID: sdkKey.id,
    ASSAY_KEY: sdkKey.key,
    ASSAY_APP: sdkKey.app,
  };
  void serveCalls(specs.actions, environment, new Set(faults), input, output);
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const kill = () => {
    input.destroy();
    end("killed");
  };
  return { input, output, ended, kill };
}

/** Calls `use` with a server and a driver, and ends both. */
export async function withDriver<T>(
  faults: readonly (SdkFault | DriverFault)[],
  use: (driver: Driver, server: ScriptedServer) => Promise<T>,
): Promise<T> {
  const server = await startScriptedServer(specs, Date.now);
  const driver = createDriver(() => startInProcess(server, faults));
  try {
    return await use(driver, server);
  } finally {
    await driver.close();
    await server.close();
  }
}

export function gateInProcess({
  faults = [],
  select = [],
  depth = "standard",
  seed = 1,
  hello: changed = {},
  interruptAfter = Number.POSITIVE_INFINITY,
  timeoutSeconds = 0.3,
}: GateOptions): Promise<{ readonly verdicts: Verdict[]; readonly footer: Footer }> {
  return withDriver(faults, async (driver, server) => {
    const hello = { ...(await driver.hello()), ...changed };
    const verdicts: Verdict[] = [];
    const footer = await runSdk({
      cases: planSdk({ actions: specs.actions.values(), depth, select, hello }),
      header: {
        type: "header",
        format: 2,
        assay: "0",
        run: "r",
        target: "t",
        seed,
        depth,
        select,
        started: "",
        rerun: "",
      },
      known: knownList([], (glob) => globMatcher([glob])),
      log: memoryLog(JSON.stringify),
      complete: false,
      interrupted: () => verdicts.length >= interruptAfter,
      onVerdict: (verdict) => verdicts.push(verdict),
      driver,
      server,
      can: hello.can,
      seed,
      timeoutSeconds,
      now: Date.now,
      redactor: createRedactor([{ credentials: sdkKey }]),
    });
    return { verdicts, footer };
  });
}
