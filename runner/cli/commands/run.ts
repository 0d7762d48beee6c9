/** `assay run`: runs the cases against a target, writes the log and the reports, and prints a summary. */
import { join } from "node:path";
import { type Command, Option } from "commander";
import { plural } from "../../../reports/text/visible-text.ts";
import type { ShardPlan } from "../../cases/shards.ts";
import { WriteError } from "../../log/write-error.ts";
import type { Recording, Shard } from "../../model/index.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadKnownFailures } from "../known-failures/read.ts";
import { type KnownUpdate, prepareKnownUpdate } from "../known-failures/write.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { removeReports, renderFiles } from "../output/render.ts";
import { createRunOutput } from "../output/run-output.ts";
import { readPreviousRunOrFail } from "../read-log.ts";
import { claimOutputFolder, openRun, type RunInputs, selectRun } from "../record-run.ts";
import {
  addSelectionOptions,
  formatShard,
  integerOption,
  type SelectionOptions,
  shardOption,
} from "../shared-options.ts";
import { addTargetOptions, connectTarget, paceOption, type TargetOptions } from "../target/connect.ts";
import { newNonce, newRunId, sleep } from "../target/open-session.ts";

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
  repeat: number;
}

/** A mistyped number must not keep a target busy for days. */
const MAX_ROUNDS = 1000;

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
    .option(
      "--repeat <n>",
      "number of rounds in which all selected cases are run",
      integerOption(1, "a number of rounds", MAX_ROUNDS),
      1,
    )
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
  const selection = selectRun(options, specs);
  const { target, part } = selection;
  if (part?.cases === 0) process.stderr.write(emptyShardNote(options.shard, part));
  const knownFile = options.known ?? target?.known;
  const update = options.updateKnown ? prepareKnownUpdate(knownFile, options, specs) : undefined;
  const known = loadKnownFailures(knownFile, specs, Date.now(), update !== undefined);
  // Read before the run starts, because --since may name the file that this run overwrites.
  const previousRun =
    options.since === undefined ? undefined : readPreviousRunOrFail(options.since, target?.name ?? "emulator");
  claimOutputFolder(options.out);
  const connection = await connectTarget(target, options, specs);
  try {
    const environment = { run: newRunId(), now: Date.now, nonce: newNonce, sleep };
    return await execute(options, { specs, selection, connection, known, previousRun, ...environment }, update);
  } finally {
    await connection.close();
  }
}

/** Returns the exit code. */
async function execute(options: RunCommandOptions, inputs: RunInputs, update?: KnownUpdate): Promise<number> {
  const { out, quiet = false, verbose = false, shard } = options;
  const strict = options.strict === true || options.failOn === "should";
  const { cases, costs } = inputs.selection;
  const run = openRun({ ...options, strict, recordAll: options.record === "all" }, inputs);
  removeReports(out);
  const interrupts = handleInterrupts(out);
  const { header, target } = run;
  const { specs, connection } = inputs;
  const output = createRunOutput({ cases, costs, header, target, specs, out, strict, quiet, verbose, shard });
  try {
    const footer = await run.execute({
      cases: output.cases,
      interrupted: interrupts.interrupted,
      onVerdict: (verdict, declaredUnsupported) => {
        output.onVerdict(verdict);
        update?.recordVerdict(verdict, declaredUnsupported);
      },
    });
    output.done();
    const recording = run.recording();
    renderReports(recording, join(out, "run.ndjson"), out);
    output.printSummary(recording, footer, connection.embedded);
    const exit = update?.finish(footer) ?? footer.exit;
    output.printAnnotations(recording);
    return exit;
  } catch (error) {
    output.done();
    if (!connection.embedded) output.printLeftovers(run.leftovers());
    throw run.redactError(error);
  } finally {
    output.done();
    interrupts.done();
    run.close();
  }
}

/** Renders the reports. A report that cannot be written is not a UsageError here: requests were sent, and the log exists. */
function renderReports(recording: Recording, log: string, out: string): void {
  try {
    renderFiles(recording, out);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof WriteError)) throw error;
    throw new WriteError(
      `${error.message}; then \`assay report ${log} --out ${out}\` renders the reports from the log`,
    );
  }
}

const emptyShardNote = (shard: Shard | undefined, { whole }: ShardPlan): string =>
  `shard ${shard && formatShard(shard)} has no case: the selection has ${plural(whole.actions, "action")}, and an action is not divided\n`;
