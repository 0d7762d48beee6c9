/** A selection and a connection → a recorded run. `assay run` and `runSpecs` of the public API run cases through it. */
import { join } from "node:path";
import { type ActionCost, sumCosts } from "../cases/cost.ts";
import { ownMutations, planShard, type ShardPlan } from "../cases/shards.ts";
import type { KnownFailureList } from "../check/known-failures.ts";
import { trackChanges } from "../compare/changes-since.ts";
import type { PreviousRun } from "../compare/previous-run.ts";
import { memoryLog } from "../log/memory-log.ts";
import { fileLog } from "../log/writer.ts";
import type { Action, Case, Footer, Header, Recording, Shard, Target, Verdict } from "../model/index.ts";
import { createRedactor } from "../redaction/redactor.ts";
import { memoryLedger } from "../resources/ledger.ts";
import { assertNotLocked, LedgerLockedError, openLedgerFile } from "../resources/ledger-file.ts";
import { entryLabel } from "../resources/sweep.ts";
import { loadFuzz } from "../run/evaluate/strategy.ts";
import { executeRun } from "../run/run.ts";
import { specsDigest } from "../spec/digest.ts";
import type { Specs } from "../spec/specs.ts";
import { UsageError } from "./errors.ts";
import { ensureOutputFolder } from "./output/output-folder.ts";
import { rerunCommand } from "./rerun-command.ts";
import { requireCases, selectCases } from "./select-cases.ts";
import type { SelectionOptions } from "./shared-options.ts";
import { type ConnectedTarget, proxySecrets, resolveTarget, type TargetOptions } from "./target/connect.ts";
import { ledgerHeader, targetDigest, targetOptionsForLedger } from "./target/open-session.ts";
import { version } from "./version.ts";

export interface RecordOptions extends SelectionOptions, TargetOptions {
  readonly seed: number;
  /** Number of cases that are evaluated at the same time. */
  readonly lanes: number;
  /** Folder of run.ndjson and resources.ndjson; without it both are kept in memory. */
  readonly out?: string | undefined;
  /** Warnings fail the run. */
  readonly strict: boolean;
  /** Also record the exchanges of passed cases. */
  readonly recordAll: boolean;
  readonly shard?: Shard | undefined;
  /** How many times each case is run; 1 by default. */
  readonly repeat?: number;
}

export interface SelectedRun {
  /** Undefined for the embedded emulator. */
  readonly target: Target | undefined;
  readonly cases: Iterable<Case>;
  readonly costs: ReadonlyMap<Action, ActionCost>;
  /** With a shard: its part; `cases` and `costs` are those of the part. */
  readonly part: ShardPlan | undefined;
}

/** Selects the cases without sending anything. @throws UsageError if there are none, or more changes than the target allows. */
export function selectRun(
  options: SelectionOptions & TargetOptions & Pick<RecordOptions, "shard" | "repeat">,
  specs: Specs,
): SelectedRun {
  const target = resolveTarget(options, specs);
  const selection = requireCases(specs, options, target);
  assertMutationBudget(selection.costs, target, options.repeat);
  const part = options.shard && planShard(selection.cases, options.shard, selection.costs);
  if (!part) return { target, ...selection, part };
  return { target, cases: selectCases(part, options, target), costs: part.costs, part };
}

/** Creates the output folder. @throws UsageError if it cannot be written, or another run is still writing to it. */
export function claimOutputFolder(out: string): void {
  ensureOutputFolder(out);
  try {
    assertNotLocked(ledgerPath(out));
  } catch (error) {
    if (error instanceof LedgerLockedError)
      throw new UsageError(`${error.message}; wait until it ends, or use another --out`);
    throw error;
  }
}

const ledgerPath = (out: string): string => join(out, "resources.ndjson");

export interface RunInputs {
  readonly specs: Specs;
  readonly selection: SelectedRun;
  readonly connection: ConnectedTarget;
  readonly known: KnownFailureList;
  /** The run with which this one is compared. */
  readonly previousRun: PreviousRun | undefined;
  /** Id of the run. */
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Returns a random unsigned 32-bit integer. */
  readonly nonce: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ExecuteOptions {
  readonly cases: Iterable<Case>;
  readonly interrupted: () => boolean;
  readonly onVerdict: (verdict: Verdict, declaredUnsupported: boolean) => void;
}

export interface OpenRun {
  readonly header: Header;
  /** With the part of `maxMutations` that belongs to the shard. */
  readonly target: Target;
  /** Sends the cases and cleans up. */
  execute(options: ExecuteOptions): Promise<Footer>;
  /** What was thrown, without secrets. */
  redactError(error: unknown): unknown;
  /** Ends the log and returns what it holds. */
  recording(): Recording;
  /** The resources that were not deleted. */
  leftovers(): string[];
  /** Ends log and ledger. @throws a WriteError if one of them could not be written. */
  close(): void;
}

/** Opens log and ledger. Nothing is sent before `execute`. @throws a WriteError if one of them cannot be written. */
export function openRun(options: RecordOptions, inputs: RunInputs): OpenRun {
  const { specs, selection, connection, known, previousRun, run, now, nonce, sleep } = inputs;
  const { costs, part } = selection;
  const { transport, embedded } = connection;
  const { shard, seed, strict, out, lanes, recordAll, readOnly = false, repeat = 1 } = options;
  const target = targetOfPart(connection.target, part);
  const head = ledgerHeader(run, target, embedded ? undefined : targetOptionsForLedger(options), specs, now());
  const header: Header = {
    type: "header",
    format: 2,
    assay: version(),
    run,
    target: target.name,
    seed,
    depth: options.depth,
    select: options.select ?? [],
    started: head.started,
    rerun: rerunCommand(options),
    specs: specsDigest(specs.dir),
    ...(readOnly ? { readOnly } : {}),
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
  const redactor = createRedactor(target.services.values(), run, proxySecrets(options.environment ?? process.env));
  const { serializeLine } = redactor;
  const ledger = out === undefined ? memoryLedger() : openLedgerFile(ledgerPath(out), head, serializeLine);
  const log = out === undefined ? memoryLog(serializeLine) : fileLog(join(out, "run.ndjson"), serializeLine);
  let isLogOpen = true;
  const closeLog = () => {
    if (!isLogOpen) return;
    isLogOpen = false;
    log.close();
  };
  return {
    header,
    target,
    async execute({ cases, interrupted, onVerdict }) {
      if ([...costs.values()].some(({ families }) => families["fuzz"])) await loadFuzz();
      return executeRun({
        cases,
        ...(repeat > 1 ? { soak: { rounds: repeat - 1, cases: selection.cases } } : {}),
        // Only the services of the selected cases are pinged.
        services: new Set([...costs.keys()].map((action) => action.service)),
        target,
        run,
        seed,
        header,
        lanes,
        strict,
        recordAll,
        readOnly,
        actions: specs.actions,
        known,
        changes: previousRun && trackChanges(previousRun, header, strict),
        ...(part ? { shard, firstPlanIndexes: part.firstIndexes } : {}),
        complete: !options.select?.length && !readOnly && options.depth !== "quick",
        transport,
        redactor,
        ledger,
        log,
        now,
        nonce,
        sleep,
        interrupted,
        onVerdict,
      });
    },
    redactError: redactor.redactError,
    leftovers: () =>
      ledger
        .entries()
        .filter(({ keptReason }) => keptReason === undefined)
        .map((entry) => redactor.redact(entryLabel(entry))),
    recording() {
      closeLog();
      return log.recording();
    },
    close() {
      try {
        closeLog();
      } finally {
        ledger.close();
      }
    },
  };
}

const targetOfPart = (target: Target, part: ShardPlan | undefined): Target =>
  part && target.maxMutations !== undefined
    ? { ...target, maxMutations: ownMutations(target.maxMutations, part) }
    : target;

/** Throws if the plan has more calls that change state than the target allows. */
function assertMutationBudget(costs: ReadonlyMap<Action, ActionCost>, target: Target | undefined, repeat = 1): void {
  const limit = target?.maxMutations;
  if (limit === undefined) return;
  const mutating = repeat * sumCosts(costs.values()).mutating;
  if (mutating <= limit) return;
  throw new UsageError(
    `this selection plans ${mutating} calls that change state, but maxMutations of the target ${target?.name} is ${limit}; select fewer cases (--select, --depth quick, --read-only) or raise maxMutations`,
  );
}
