/** `assay sdk`: drives an SDK through a driver, judges what it sends and what it makes of the answers, and writes the reports. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { plural } from "../../../reports/text/visible-text.ts";
import type { ActionCost } from "../../cases/cost.ts";
import { globMatcher } from "../../cases/glob.ts";
import { knownList } from "../../check/known-failures.ts";
import { shellWord } from "../../http/shell-quote.ts";
import { fileLog } from "../../log/writer.ts";
import type { Action, Header, Target } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { createDriver } from "../../sdk/driver/driver.ts";
import { type StartedDriver, startDriverProcess } from "../../sdk/driver/driver-process.ts";
import type { DriverHello } from "../../sdk/driver/messages.ts";
import { selfTest } from "../../sdk/driver/self-test.ts";
import { planSdk } from "../../sdk/plan.ts";
import { runSdk } from "../../sdk/run-sdk.ts";
import type { SdkCase } from "../../sdk/sdk-case.ts";
import { startScriptedServer } from "../../sdk/server/scripted-server.ts";
import { sdkKey } from "../../sdk/server/sdk-key.ts";
import { specsDigest } from "../../spec/digest.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { readKnown } from "../known-failures/read.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { removeReports, renderFiles } from "../output/render.ts";
import { createRunOutput } from "../output/run-output.ts";
import { claimOutputFolder } from "../record-run.ts";
import { cliCommand } from "../rerun-command.ts";
import { addSelectionOptions, integerOption, type SelectionOptions } from "../shared-options.ts";
import { proxySecrets } from "../target/connect.ts";
import { newRunId } from "../target/open-session.ts";
import { version } from "../version.ts";

export interface SdkCommandOptions extends SelectionOptions {
  driver: string;
  seed: number;
  timeout: number;
  out: string;
  known?: string;
  selfTest?: boolean;
  quiet?: boolean;
  verbose?: boolean;
}

/** Seconds. A server on loopback answers at once, and each silent case takes as long. */
const DEFAULT_TIMEOUT = 2;
/** A silent case must not keep a run busy for hours. */
const MAX_TIMEOUT = 60;

export function sdkCommand(program: Command): void {
  addSelectionOptions(
    program
      .command("sdk")
      .description("gate an SDK: drive it through a driver, judge what it sends and what it makes of every answer"),
  )
    .addOption(
      new Option("--driver <command>", "command that starts the driver, see suites/drivers").makeOptionMandatory(),
    )
    .option("--self-test", "only test the driver itself")
    .option("--seed <n>", "seed of the generated values", integerOption(0, "a seed"), 1)
    .option(
      "--timeout <s>",
      "timeout in seconds of a call that the server does not answer completely",
      integerOption(1, "a number of seconds", MAX_TIMEOUT),
      DEFAULT_TIMEOUT,
    )
    .option("--out <dir>", "folder of the log and the reports", "reports/out")
    .option("--known <file>", "known-failure list of the SDK")
    .option("--quiet", "print only problems of the run itself, the counts and the path of the reports")
    .option("--verbose", "print each case that did not pass, with its requests and responses")
    .action(async (options: SdkCommandOptions) => {
      process.exitCode = await gateSdk(options, (environment) => startDriverProcess(options.driver, environment));
    });
}

/** `start`: starts the driver. Returns the exit code. */
async function gateSdk(
  options: SdkCommandOptions,
  start: (environment: Parameters<typeof startDriverProcess>[1]) => StartedDriver,
): Promise<number> {
  if (options.readOnly)
    throw new UsageError("--read-only: the server of `assay sdk` is scripted, so nothing is changed");
  if (options.quiet && options.verbose) throw new UsageError("--quiet and --verbose cannot be combined");
  const specs = loadValidSpecs(options.specs);
  const entries = options.known === undefined ? [] : readKnown(options.known);
  const server = await startScriptedServer(specs, Date.now);
  const driver = createDriver(() =>
    start({
      ASSAY_ENDPOINT: server.url,
      ASSAY_CA: "",
      ASSAY_ID: sdkKey.id,
      ASSAY_KEY: sdkKey.key,
      ASSAY_APP: sdkKey.app,
    }),
  );
  try {
    const hello = await driver.hello().catch((error: Error) => {
      throw new UsageError(`--driver ${options.driver}: ${error.message}`);
    });
    const problem = await selfTest(driver, hello, server, specs.actions.values());
    if (problem !== undefined)
      throw new UsageError(`--driver ${options.driver}: the self-test of the driver failed: ${problem}`);
    if (options.selfTest) {
      process.stdout.write(`${describeHello(hello)}\nThe driver passed its self-test.\n`);
      return 0;
    }
    const cases = [...planSdk({ actions: specs.actions.values(), ...planned(options), hello })];
    if (cases.length === 0)
      throw new UsageError(`no case is selected by --select ${(options.select ?? []).join(" ")} for this driver`);
    claimOutputFolder(options.out);
    removeReports(options.out);
    const header = headerOf(options, specs, hello);
    // The key of the gate is public; a driver may print a proxy password that it inherited.
    const redactor = createRedactor([{ credentials: sdkKey }], header.run, proxySecrets(process.env));
    const log = fileLog(join(options.out, "run.ndjson"), redactor.serializeLine);
    const interrupts = handleInterrupts(options.out);
    const output = createRunOutput({
      cases,
      costs: costsOf(cases),
      header,
      target: { name: header.target, services: new Map() } as unknown as Target,
      specs,
      out: options.out,
      strict: false,
      quiet: options.quiet ?? false,
      verbose: options.verbose ?? false,
      shard: undefined,
    });
    if (!options.quiet) for (const line of notExercised(hello, cases)) process.stdout.write(`${line}\n`);
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
        complete: !options.select?.length && options.depth !== "quick",
        interrupted: interrupts.interrupted,
        onVerdict: output.onVerdict,
        driver,
        server,
        can: hello.can,
        seed: options.seed,
        timeoutSeconds: options.timeout,
        now: Date.now,
        redactor,
      });
      output.done();
      log.close();
      const recording = log.recording();
      renderFiles(recording, options.out);
      output.printSummary(recording, footer, true);
      output.printAnnotations(recording);
      return footer.exit;
    } finally {
      output.done();
      interrupts.done();
    }
  } finally {
    await driver.close();
    await server.close();
  }
}

const planned = ({ depth, select = [] }: SelectionOptions) => ({ depth, select });

function* allSdkIds({ actions }: Specs): Iterable<string> {
  for (const { id } of planSdk({ actions: actions.values(), depth: "exhaustive", select: [] })) yield id;
}

function headerOf(options: SdkCommandOptions, specs: Specs, { sdk, version: sdkVersion }: DriverHello): Header {
  return {
    type: "header",
    format: 2,
    assay: version(),
    run: newRunId(),
    target: sdkVersion === "" ? sdk : `${sdk} ${sdkVersion}`,
    seed: options.seed,
    depth: options.depth,
    select: options.select ?? [],
    started: new Date().toISOString(),
    rerun: rerunOf(options),
    specs: specsDigest(specs.dir),
  };
}

function rerunOf({ driver, specs, depth, seed, timeout, out }: SdkCommandOptions): string {
  return [
    cliCommand("sdk"),
    `--driver ${shellWord(driver)}`,
    ...(specs === undefined ? [] : [`--specs ${shellWord(specs)}`]),
    ...(depth === "standard" ? [] : [`--depth ${depth}`]),
    ...(timeout === DEFAULT_TIMEOUT ? [] : [`--timeout ${timeout}`]),
    `--out ${shellWord(join(out, "rerun"))} --seed ${seed} --select {id} --verbose`,
  ].join(" ");
}

/** Each case is about one call, and no rate limit applies. */
function costsOf(cases: readonly SdkCase[]): ReadonlyMap<Action, ActionCost> {
  const costs = new Map<Action, ActionCost>();
  for (const { action, family } of cases) {
    const { families = {}, cases: n = 0 } = costs.get(action) ?? {};
    costs.set(action, {
      families: { ...families, [family]: (families[family] ?? 0) + 1 },
      cases: n + 1,
      controls: 0,
      calls: n + 1,
      mutating: 0,
      seconds: 0,
    });
  }
  return costs;
}

const describeHello = ({ sdk, version: sdkVersion, actions, bindings, can }: DriverHello): string =>
  `${sdk} ${sdkVersion}: ${plural(actions.length, "action")} over ${bindings.join(", ")}; can set ${can.join(", ") || "nothing"}`;

/** One line for each reason why cases are skipped. */
function notExercised(hello: DriverHello, cases: readonly SdkCase[]): string[] {
  const reasons = new Map<string, number>();
  for (const { skipReason, needs } of cases) {
    const reason =
      skipReason ?? (needs !== undefined && !hello.can.includes(needs) ? `the driver cannot set ${needs}` : undefined);
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, n]) => `not exercised: ${plural(n, "case")}, because ${reason}`);
}
