/** `assay run`: runs the cases against a target, writes the log and the reports, and prints a summary. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { plural } from "../../../reports/text/visible-text.ts";
import { type ActionCost, sumCosts } from "../../cases/cost.ts";
import { ownMutations, planShard, type ShardPlan } from "../../cases/shards.ts";
import type { KnownFailureList } from "../../check/known-failures.ts";
import { trackChanges } from "../../compare/changes-since.ts";
import type { PreviousRun } from "../../compare/previous-run.ts";
import { fileLog } from "../../log/writer.ts";
import type { Action, Case, Header, Recording, Shard, Target } from "../../model/index.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { assertNotLocked, LedgerLockedError, openLedgerFile } from "../../resources/ledger-file.ts";
import { loadFuzz } from "../../run/evaluate/strategy.ts";
import { executeRun } from "../../run/run.ts";
import { specsDigest } from "../../spec/digest.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadKnownFailures } from "../known-failures/read.ts";
import { type KnownUpdate, prepareKnownUpdate } from "../known-failures/write.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { ensureOutputFolder } from "../output/output-folder.ts";
import { renderFiles } from "../output/render.ts";
import { createRunOutput } from "../output/run-output.ts";
import { readPreviousRunOrFail } from "../read-log.ts";
import { rerunCommand } from "../rerun-command.ts";
import { requireCases, selectCases } from "../select-cases.ts";
import {
  addSelectionOptions,
  formatShard,
  integerOption,
  type SelectionOptions,
  shardOption,
} from "../shared-options.ts";
import {
  addTargetOptions,
  type ConnectedTarget,
  connectTarget,
  paceOption,
  proxySecrets,
  resolveTarget,
  type TargetOptions,
} from "../target/connect.ts";
import {
  ledgerHeader,
  newNonce,
  newRunId,
  sleep,
  targetDigest,
  targetOptionsForLedger,
} from "../target/open-session.ts";
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
  shard?: Shard;
}

export function runCommand(program: Command): void {
  addTargetOptions(
    addSelectionOptions(
      program
        .command("run")
        .description("run the cases against a target (by default the embedded emulator) and write the reports"),
    ),
  )
    .option("--seed <n>", "seed of the generated values", integerOption(0, "a seed"), 1)
    .option("--lanes <n>", "number of cases that run at the same time", integerOption(1, "a number of lanes"), 8)
    .addOption(paceOption())
    .addOption(shardOption())
    .option("--out <dir>", "folder of the log and the reports", "reports/out")
    .option("--known <file>", "known-failure list of the target")
    .option("--update-known", "rewrite the known-failure list from this run, which must be complete")
    .option("--since <log>", "run.ndjson of an earlier run: only changes since that run make this run fail")
    .addOption(
      new Option("--fail-on <level>", "lowest level of findings that make the run fail; default must").choices([
        "must",
        "should",
      ]),
    )
    .option("--strict", "short for --fail-on should")
    .option(
      "--quiet",
      "print only problems of the run itself, the counts and the path of the reports, at the end of the run",
    )
    .option(
      "--verbose",
      "print each case that did not pass, with its requests and responses, as soon as it is finished",
    )
    .option("--record <exchanges>", "all: also record the requests and responses of passed cases")
    .action(async (options: RunCommandOptions) => {
      process.exitCode = await runAgainstTarget(options);
    });
}

async function runAgainstTarget(options: RunCommandOptions): Promise<number> {
  if (options.record !== undefined && options.record !== "all")
    throw new UsageError(`--record ${options.record}: the only valid value is all`);
  if (options.quiet && options.verbose) throw new UsageError("--quiet and --verbose cannot be combined");
  if (options.strict && options.failOn === "must")
    throw new UsageError("--strict means --fail-on should and contradicts --fail-on must; remove one of the two");
  const specs = loadValidSpecs(options.specs);
  const target = resolveTarget(options, specs);
  const { cases: selected, costs: selectedCosts } = requireCases(specs, options, target);
  assertMutationBudget(selectedCosts, target);
  const part = options.shard && planShard(selected, options.shard, selectedCosts);
  const cases = part ? { [Symbol.iterator]: () => selectCases(part, options, target)[Symbol.iterator]() } : selected;
  const costs = part?.costs ?? selectedCosts;
  if (part?.cases === 0) process.stderr.write(emptyShardNote(options.shard, part));
  const knownFile = options.known ?? target?.known;
  const update = options.updateKnown ? prepareKnownUpdate(knownFile, options, specs) : undefined;
  const known = loadKnownFailures(knownFile, specs, Date.now(), update !== undefined);
  // Read before the run starts, because --since may name the file that this run overwrites.
  const previousRun =
    options.since === undefined ? undefined : readPreviousRunOrFail(options.since, target?.name ?? "emulator");
  const ledgerFile = join(options.out, "resources.ndjson");
  ensureOutputFolder(options.out);
  assertLedgerFree(ledgerFile);
  if ([...costs.values()].some(({ families }) => families["fuzz"])) await loadFuzz();
  const connection = await connectTarget(target, options, specs);
  try {
    return await execute(options, { specs, cases, costs, part, known, update, previousRun, ledgerFile, connection });
  } finally {
    await connection.close();
  }
}

interface RunInputs {
  readonly specs: Specs;
  readonly cases: Iterable<Case>;
  readonly costs: ReadonlyMap<Action, ActionCost>;
  /** With --shard. */
  readonly part: ShardPlan | undefined;
  readonly known: KnownFailureList;
  readonly update: KnownUpdate | undefined;
  readonly previousRun: PreviousRun | undefined;
  readonly ledgerFile: string;
  readonly connection: ConnectedTarget;
}

/** Returns the exit code. */
async function execute(options: RunCommandOptions, inputs: RunInputs): Promise<number> {
  const { specs, cases, costs, part, known, update, previousRun, ledgerFile, connection } = inputs;
  const { transport, embedded } = connection;
  const { maxMutations } = connection.target;
  const target =
    part && maxMutations !== undefined
      ? { ...connection.target, maxMutations: ownMutations(maxMutations, part) }
      : connection.target;
  const { shard } = options;
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
    ...(shard && part
      ? {
          plan: {
            cases: part.whole.cases,
            digest: part.whole.digest,
            target: embedded ? "embedded" : targetDigest(target, specs),
          },
          shard: { ...shard, cases: part.cases },
        }
      : {}),
  };
  const redactor = createRedactor(target.services.values(), id, proxySecrets(process.env));
  const ledger = openLedgerFile(ledgerFile, head, redactor.serializeLine);
  const log = fileLog(logFile, redactor.serializeLine);
  const interrupts = handleInterrupts(options.out);
  const { out, quiet = false, verbose = false } = options;
  const output = createRunOutput({ cases, costs, header, target, specs, out, strict, quiet, verbose, shard });
  try {
    const footer = await executeRun({
      cases: output.cases,
      // Only the services of the selected cases are pinged.
      services: new Set([...costs.keys()].map((action) => action.service)),
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
      changes: previousRun && trackChanges(previousRun, header, strict),
      ...(part ? { shard, firstPlanIndexes: part.firstIndexes } : {}),
      complete: !options.select?.length && !options.readOnly && options.depth !== "quick",
      transport,
      redactor,
      ledger,
      log,
      now: Date.now,
      nonce: newNonce,
      sleep,
      interrupted: interrupts.interrupted,
      onVerdict: (verdict, declaredUnsupported) => {
        output.onVerdict(verdict);
        update?.recordVerdict(verdict, declaredUnsupported);
      },
    });
    output.done();
    log.close();
    const recording = log.recording();
    renderReports(recording, logFile, out);
    output.printSummary(recording, footer, embedded);
    const exit = update?.finish(footer) ?? footer.exit;
    output.printAnnotations(recording);
    return exit;
  } catch (error) {
    throw redactor.redactError(error);
  } finally {
    output.done();
    interrupts.done();
    ledger.close();
  }
}

/** Renders the reports. A report that cannot be written is not a UsageError here: requests were sent, and the log exists. */
function renderReports(recording: Recording, log: string, out: string): void {
  try {
    renderFiles(recording, out);
  } catch (error) {
    throw error instanceof UsageError
      ? new Error(`${error.message}; \`assay report ${log}\` renders the reports from the log`)
      : error;
  }
}

/** Throws if another run is still writing to the ledger: two runs cannot share an output folder. */
function assertLedgerFree(path: string): void {
  try {
    assertNotLocked(path);
  } catch (error) {
    if (error instanceof LedgerLockedError)
      throw new UsageError(`${error.message}; wait until it ends, or use another --out`);
    throw error;
  }
}

/** Throws if the plan has more calls that change state than the target allows. */
function assertMutationBudget(costs: ReadonlyMap<Action, ActionCost>, target: Target | undefined): void {
  const limit = target?.maxMutations;
  if (limit === undefined) return;
  const { mutating } = sumCosts(costs.values());
  if (mutating <= limit) return;
  throw new UsageError(
    `this selection plans ${mutating} calls that change state, but maxMutations of the target ${target?.name} is ${limit}; select fewer cases (--select, --depth quick, --read-only) or raise maxMutations`,
  );
}

const emptyShardNote = (shard: Shard | undefined, { whole }: ShardPlan): string =>
  `shard ${shard && formatShard(shard)} has no case: the selection has ${plural(whole.actions, "action")}, and an action is not divided\n`;
