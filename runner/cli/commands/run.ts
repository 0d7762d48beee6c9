/** assay run: judges a target, writes the log and the reports, and says how it went. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { estimateCosts, sumCosts } from "../../cases/cost.ts";
import type { KnownFailureList } from "../../check/known-failures.ts";
import { trackChanges } from "../../compare/changes-since.ts";
import type { PreviousRun } from "../../compare/previous-run.ts";
import { fileLog } from "../../log/writer.ts";
import type { Case, Header, Service, Target } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { assertNotLocked, LedgerLockedError, openLedgerFile } from "../../resources/ledger-file.ts";
import { executeRun } from "../../run/run.ts";
import { specsDigest } from "../../spec/digest.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadKnownFailures } from "../known-failures/read.ts";
import { type KnownUpdate, prepareKnownUpdate } from "../known-failures/write.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { ensureOutputFolder } from "../output/output-folder.ts";
import { renderAll } from "../output/render.ts";
import { createRunOutput } from "../output/run-output.ts";
import { readPreviousRunOrFail } from "../read-log.ts";
import { rerunCommand } from "../rerun-command.ts";
import { requireCases } from "../select-cases.ts";
import { addSelectionOptions, integerOption, type SelectionOptions } from "../shared-options.ts";
import {
  addTargetOptions,
  type ConnectedTarget,
  connectTarget,
  paceOption,
  proxySecrets,
  resolveTarget,
  type TargetOptions,
} from "../target/connect.ts";
import { ledgerHeader, newNonce, newRunId, sleep, targetOptionsForLedger } from "../target/open-session.ts";
import { version } from "../version.ts";

export interface RunCommandOptions extends SelectionOptions, TargetOptions {
  seed: number;
  lanes: number;
  out: string;
  known?: string;
  strict?: boolean;
  failOn?: "must" | "should";
  quiet?: boolean;
  verbose?: boolean;
  record?: "all";
  since?: string;
}

export function runCommand(program: Command): void {
  addTargetOptions(
    addSelectionOptions(program.command("run").description("judge a target; without one, the embedded emulator")),
  )
    .option("--seed <n>", "seed of the values", integerOption(0, "a seed"), 1)
    .option("--lanes <n>", "calls in flight at once", integerOption(1, "a number of lanes"), 8)
    .addOption(paceOption())
    .option("--out <dir>", "where the log and the reports go", "reports/out")
    .option("--known <file>", "known failures of the target")
    .option("--update-known", "rewrite that list from this run, which has to be a whole one")
    .option("--since <log>", "the run.ndjson of an earlier run: only what changed since then fails this one")
    .addOption(
      new Option("--fail-on <level>", "the findings that fail the run: must, the default, or should too").choices([
        "must",
        "should",
      ]),
    )
    .option("--strict", "short for --fail-on should")
    .option(
      "--quiet",
      "nothing until the end, and then what is amiss with the run itself, the counts and where the reports are",
    )
    .option("--verbose", "each case that did not pass as it comes, with what was sent and answered")
    .option("--record <what>", "all: keep the exchanges of passed cases too")
    .action(async (options: RunCommandOptions) => {
      process.exitCode = await runAgainstTarget(options);
    });
}

async function runAgainstTarget(options: RunCommandOptions): Promise<number> {
  if (options.record !== undefined && options.record !== "all")
    throw new UsageError(`--record ${options.record}: expected all`);
  if (options.quiet && options.verbose) throw new UsageError("--quiet and --verbose exclude one another");
  if (options.strict && options.failOn === "must")
    throw new UsageError("--strict is --fail-on should; leave it out, or --fail-on must");
  const specs = loadValidSpecs(options.specs);
  const target = resolveTarget(options, specs);
  const cases = requireCases(specs, options, target);
  assertMutationBudget(cases, target);
  const knownFile = options.known ?? target?.known;
  const update = options.updateKnown ? prepareKnownUpdate(knownFile, options, specs) : undefined;
  const known = loadKnownFailures(knownFile, specs, Date.now(), update !== undefined);
  // Read first: it may be the very file that this run writes.
  const earlier =
    options.since === undefined ? undefined : readPreviousRunOrFail(options.since, target?.name ?? "emulator");
  const ledgerFile = join(options.out, "resources.ndjson");
  ensureOutputFolder(options.out);
  assertLedgerFree(ledgerFile);
  const reached = await connectTarget(target, options, specs);
  try {
    return await execute(options, { specs, cases, known, update, earlier, ledgerFile, reached });
  } finally {
    await reached.close();
  }
}

interface RunInputs {
  readonly specs: Specs;
  readonly cases: Iterable<Case>;
  readonly known: KnownFailureList;
  readonly update: KnownUpdate | undefined;
  readonly earlier: PreviousRun | undefined;
  readonly ledgerFile: string;
  readonly reached: ConnectedTarget;
}

async function execute(options: RunCommandOptions, prepared: RunInputs): Promise<number> {
  const { specs, cases, known, update, earlier, ledgerFile, reached } = prepared;
  const { target, transport, embedded } = reached;
  const id = newRunId();
  const logFile = join(options.out, "run.ndjson");
  const strict = options.strict === true || options.failOn === "should";
  const head = ledgerHeader(id, target, embedded ? undefined : targetOptionsForLedger(options), specs);
  const header: Header = {
    type: "header",
    format: 2,
    assay: version(),
    run: id,
    target: target.name,
    seed: options.seed,
    depth: options.depth,
    select: options.select ?? [],
    started: head.started,
    rerun: rerunCommand({ ...options, strict }),
    specs: specsDigest(specs.dir),
    ...(options.readOnly ? { readOnly: true } : {}),
    ...(strict ? { strict } : {}),
  };
  const redactor = createRedactor(target.services.values(), id, proxySecrets(process.env));
  const ledger = openLedgerFile(ledgerFile, head, redactor.serializeLine);
  const log = fileLog(logFile, redactor.serializeLine);
  const stop = handleInterrupts(options.out);
  const { out, quiet = false, verbose = false } = options;
  const shown = createRunOutput({ cases, header, target, specs, out, strict, quiet, verbose });
  try {
    const footer = await executeRun({
      cases: shown.cases,
      services: servicesOf(cases, specs.services.size),
      target,
      run: id,
      seed: options.seed,
      header,
      lanes: options.lanes,
      strict,
      recordAll: options.record === "all",
      readOnly: options.readOnly ?? false,
      actions: specs.actions,
      known,
      changes: earlier && trackChanges(earlier, header, strict),
      complete: !options.select?.length && !options.readOnly && options.depth !== "quick",
      transport,
      redactor,
      ledger,
      log,
      now: Date.now,
      nonce: newNonce,
      sleep,
      interrupted: stop.interrupted,
      onVerdict: (verdict, excused) => {
        shown.onVerdict(verdict);
        update?.note(verdict, excused);
      },
    });
    shown.done();
    log.close();
    rendered(logFile, out);
    shown.printSummary(logFile, footer, embedded);
    const exit = update?.finish(footer) ?? footer.exit;
    shown.printAnnotations(logFile);
    return exit;
  } catch (error) {
    throw redactor.error(error);
  } finally {
    shown.done();
    stop.done();
    ledger.close();
  }
}

/** After a run it is no fault of the command that something cannot be written: much was sent, and the log is there. */
function rendered(log: string, out: string): void {
  try {
    renderAll(log, out);
  } catch (error) {
    throw error instanceof UsageError ? new Error(`${error.message}; \`assay report ${log}\` renders the log`) : error;
  }
}

/** Two runs that write into one folder would take each other's ledger. */
function assertLedgerFree(path: string): void {
  try {
    assertNotLocked(path);
  } catch (error) {
    if (error instanceof LedgerLockedError)
      throw new UsageError(`${error.message}; wait for its end, or name another --out`);
    throw error;
  }
}

/** A plan that changes more than the target allows is not begun. */
function assertMutationBudget(cases: Iterable<Case>, target: Target | undefined): void {
  const most = target?.maxMutations;
  if (most === undefined) return;
  const { mutating } = sumCosts(estimateCosts(cases).values());
  if (mutating <= most) return;
  throw new UsageError(
    `this selection plans ${mutating} calls that change state, and maxMutations of ${target?.name} is ${most}; select less (--select, --depth quick, --read-only) or raise it`,
  );
}

/** Only services that have a selected case are asked whether they are there. */
function servicesOf(cases: Iterable<Case>, all: number): Iterable<Service> {
  const services = new Set<Service>();
  for (const c of cases) {
    services.add(c.action.service);
    if (services.size === all) break;
  }
  return services;
}
