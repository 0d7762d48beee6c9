/** A driver → the run of the gate: self-test, cases, log, reports, exit code. */
import { join } from "node:path";
import { plural } from "../../../reports/text/visible-text.ts";
import { globMatcher } from "../../cases/glob.ts";
import { knownList } from "../../check/known-failures.ts";
import { trackChanges } from "../../compare/changes-since.ts";
import { fileLog } from "../../log/writer.ts";
import type { KnownFailure } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { createDriver, type Driver } from "../../sdk/driver/driver.ts";
import type { StartedDriver, startDriverProcess } from "../../sdk/driver/driver-process.ts";
import type { DriverHello } from "../../sdk/driver/messages.ts";
import { selfTest } from "../../sdk/driver/self-test.ts";
import { planSdk } from "../../sdk/plan.ts";
import { runSdk } from "../../sdk/run-sdk.ts";
import type { SdkCase } from "../../sdk/sdk-case.ts";
import { type ScriptedServer, startScriptedServer } from "../../sdk/server/scripted-server.ts";
import { sdkKey } from "../../sdk/server/sdk-key.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { readKnown } from "../known-failures/read.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { formatLeniencies } from "../output/format-leniencies.ts";
import { removeReports, renderFiles } from "../output/render.ts";
import { createRunOutput } from "../output/run-output.ts";
import { readPreviousRunOrFail } from "../read-log.ts";
import { claimOutputFolder } from "../record-run.ts";
import { proxySecrets } from "../target/connect.ts";
import { notExercised, sdkCosts } from "./exercised.ts";
import { sdkHeader } from "./sdk-header.ts";
import type { SdkCommandOptions } from "./sdk-options.ts";

/** `start`: starts the driver. Returns the exit code. @throws a UsageError where the driver fails its self-test. */
export async function gateSdk(
  options: SdkCommandOptions,
  start: (environment: Parameters<typeof startDriverProcess>[1]) => StartedDriver,
): Promise<number> {
  if (options.readOnly)
    throw new UsageError("--read-only: the server of `assay sdk` is scripted, so nothing is changed");
  if (options.quiet && options.verbose) throw new UsageError("--quiet and --verbose cannot be combined");
  const specs = loadValidSpecs(options.specs);
  const entries = options.known === undefined ? [] : readKnown(options.known);
  const server = await startScriptedServer(specs, Date.now);
  const { app: ASSAY_APP, id: ASSAY_ID, key: ASSAY_KEY } = sdkKey;
  const driver = createDriver(() =>
    start({ ASSAY_ENDPOINT: server.url, ASSAY_CA: "", ASSAY_ID, ASSAY_KEY, ASSAY_APP }),
  );
  try {
    const hello = await driver.hello().catch((error: Error) => {
      throw new UsageError(`--driver ${options.driver}: ${error.message}`);
    });
    const problem = await selfTest(driver, hello, server, specs.actions.values());
    if (problem !== undefined)
      throw new UsageError(`--driver ${options.driver}: the self-test of the driver failed: ${problem}`);
    if (!options.selfTest) return await runCases(options, { specs, entries, server, driver, hello });
    process.stdout.write(`${describeHello(hello)}\nThe driver passed its self-test.\n`);
    return 0;
  } finally {
    await driver.close();
    await server.close();
  }
}

interface TestedDriver {
  readonly specs: Specs;
  /** The known failures. */
  readonly entries: readonly KnownFailure[];
  readonly server: ScriptedServer;
  readonly driver: Driver;
  readonly hello: DriverHello;
}

async function runCases(
  options: SdkCommandOptions,
  { specs, entries, server, driver, hello }: TestedDriver,
): Promise<number> {
  const { select = [], depth, out, quiet = false, verbose = false, seed } = options;
  const cases = [...planSdk({ actions: specs.actions.values(), depth, select, hello })];
  if (cases.length === 0)
    throw new UsageError(
      `no case of this driver is selected by --select ${select.join(" ")}; its actions are ${hello.actions.slice(0, 3).join(", ")}${hello.actions.length > 3 ? ", …" : ""}`,
    );
  const header = sdkHeader(options, specs, hello);
  // Read before the run starts, because --since may name the log that this run overwrites.
  const previousRun =
    options.since === undefined ? undefined : readPreviousRunOrFail(options.since, header.target, withoutVersion);
  claimOutputFolder(out);
  removeReports(out);
  // The key of the gate is public; a driver may print a proxy password that it inherited.
  const redactor = createRedactor([{ credentials: sdkKey }], header.run, proxySecrets(process.env));
  const log = fileLog(join(out, "run.ndjson"), redactor.serializeLine);
  let isLogOpen = true;
  const closeLog = () => {
    if (isLogOpen) log.close();
    isLogOpen = false;
  };
  const interrupts = handleInterrupts(out);
  const costs = sdkCosts(cases);
  const target = { services: new Map() };
  const output = createRunOutput({
    cases,
    costs,
    header,
    target,
    specs,
    out,
    strict: false,
    quiet,
    verbose,
    shard: undefined,
  });
  if (!quiet) for (const line of notExercised(hello, cases)) process.stdout.write(`${line}\n`);
  try {
    const footer = await runSdk({
      cases: output.cases as Iterable<SdkCase>,
      header,
      known: knownList(
        entries,
        (glob) => globMatcher([glob]),
        Date.now(),
        () => allSdkIds(specs),
      ),
      log,
      complete: select.length === 0 && depth !== "quick",
      interrupted: interrupts.interrupted,
      onVerdict: output.onVerdict,
      driver,
      server,
      can: hello.can,
      seed,
      timeoutSeconds: options.timeout,
      now: Date.now,
      redactor,
      ...(previousRun ? { changes: trackChanges(previousRun, header) } : {}),
    });
    output.done();
    closeLog();
    const recording = log.recording();
    renderFiles(recording, out);
    output.printSummary(recording, footer, true);
    process.stdout.write(formatLeniencies(server.leniencies()));
    output.printAnnotations(recording);
    return footer.exit;
  } catch (error) {
    throw redactor.redactError(error);
  } finally {
    output.done();
    interrupts.done();
    closeLog();
  }
}

/** `boto3 1.44.8` → `boto3`: two releases of an SDK are compared. */
const withoutVersion = (target: string): string => target.replace(/ [^ ]+$/, "");

function* allSdkIds({ actions }: Specs): Iterable<string> {
  for (const { id } of planSdk({ actions: actions.values(), depth: "exhaustive", select: [] })) yield id;
}

const describeHello = ({ sdk, version: sdkVersion, actions, bindings, can }: DriverHello): string =>
  `${sdk} ${sdkVersion}: ${plural(actions.length, "action")} over ${bindings.join(", ")}; can set ${can.join(", ") || "nothing"}`;
