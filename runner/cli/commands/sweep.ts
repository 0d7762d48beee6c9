/** `assay sweep`: deletes the resources that the ledgers of a folder still list, and verifies that they no longer exist. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { knownList } from "../../check/known-failures.ts";
import type { Target } from "../../model/index.ts";
import { createRedactor, type Redactor } from "../../redaction/redactor.ts";
import {
  LedgerLockedError,
  type ReadLedger,
  readLedgers,
  removeArchived,
  resumeLedger,
  writerState,
} from "../../resources/ledger-file.ts";
import { entryLabel, type SweepResult } from "../../resources/sweep.ts";
import { openSession } from "../../run/session.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { handleInterrupts } from "../interrupt.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { formatOption, printJson } from "../shared-options.ts";
import { addTargetOptions, connectTarget, proxySecrets, resolveTarget, type TargetOptions } from "../target/connect.ts";
import { newNonce, newRunId, serviceIdentities, sleep } from "../target/open-session.ts";
import { warnOnStderr } from "../warn.ts";

interface SweepOptions extends TargetOptions {
  readonly out: string;
  readonly specs?: string;
  readonly force?: boolean;
  readonly format: string;
}

interface LedgerSweepResult {
  readonly ledger: string;
  readonly run: string;
  readonly deleted: readonly string[];
  readonly absent: readonly string[];
  /** Not deleted on purpose: the resource may not belong to the run. */
  readonly kept: readonly SweepRemark[];
  /** Could not be deleted, or may still exist. */
  readonly leftovers: readonly SweepRemark[];
}

/** `subject`: a resource, a ledger, or a line of a ledger as FILE:LINE. */
interface SweepRemark {
  readonly subject: string;
  readonly reason: string;
}

export function sweepCommand(program: Command): void {
  addTargetOptions(
    program
      .command("sweep")
      .description("delete the resources that an interrupted run left on its target, and verify that they are deleted"),
  )
    .option(
      "--out <dir>",
      "folder of the run, with its resources.ndjson and the ledgers archived there",
      join("reports", "out"),
    )
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option("--force", "sweep even if the run seems to be still running or the target differs from the run's")
    .addOption(formatOption())
    .action(async (options: SweepOptions) => {
      const results = await sweepFolder(options);
      process.exitCode = results.some(({ leftovers }) => leftovers.length > 0) ? 3 : 0;
      if (options.format === "json") return printJson(results);
      await withCommandsStopped(() => results.forEach(print));
    });
}

async function sweepFolder(options: SweepOptions): Promise<LedgerSweepResult[]> {
  if (!existsSync(options.out))
    throw new UsageError(`--out ${options.out}: folder not found; give the folder that \`assay run --out\` wrote to`);
  const ledgers = readLedgers(options.out);
  if (ledgers.length === 0)
    throw new UsageError(
      `--out ${options.out}: no resources.ndjson found; give the folder that \`assay run --out\` wrote to`,
    );
  const [first, second] = ledgers;
  if (first && !second) return [await sweepLedger(first, options)];
  const results: LedgerSweepResult[] = [];
  for (const ledger of ledgers) results.push(await sweepLedger(ledger, options).catch((e) => failedSweep(ledger, e)));
  return results;
}

/** The result for a ledger that cannot be swept; the other ledgers are swept all the same. */
function failedSweep({ path, header }: ReadLedger, error: unknown): LedgerSweepResult {
  if (!(error instanceof UsageError)) throw error;
  return {
    ledger: path,
    run: header?.run ?? "",
    deleted: [],
    absent: [],
    kept: [],
    leftovers: [{ subject: path, reason: error.message }],
  };
}

/** Throws if an endpoint or account differs from the run's: other resources may have the same names there. */
function assertSameServices({ path, header, openEntries }: ReadLedger, target: Target, specs: Specs): void {
  const currentIdentities = serviceIdentities(target, specs);
  for (const service of new Set([...openEntries.values()].map((entry) => entry.service))) {
    const [recorded, current] = [header?.services?.[service], currentIdentities[service]];
    if (!recorded || !current) continue;
    const changedKeys = (["endpoint", "host", "region", "app"] as const).filter(
      (key) => recorded[key] !== current[key],
    );
    const sameAccount =
      recorded.key === current.key || (recorded.account !== undefined && recorded.account === current.account);
    if (changedKeys.length === 0 && sameAccount) continue;
    const differences = changedKeys.map(
      (key) => `its ${key} was ${recorded[key] ?? "none"} and is ${current[key] ?? "none"}`,
    );
    if (!sameAccount)
      differences.push("its credentials differ, and no `account` shows that both belong to the same account");
    throw new UsageError(
      `${path}: the run ${header?.run} used a different ${service}: ${differences.join("; ")}; use the target of that run, or --force`,
    );
  }
}

async function sweepLedger(ledger: ReadLedger, options: SweepOptions): Promise<LedgerSweepResult> {
  const { path, header, openEntries, unreadableLines } = ledger;
  const state = writerState(ledger);
  if (!options.force && state === "running")
    throw new UsageError(
      `${new LedgerLockedError(path, header).message}; wait until it ends, or use --force if that process is a different program`,
    );
  if (state === "unknown" && openEntries.size > 0)
    warnOnStderr(
      `${path}: the run ${header?.run} was started on another machine or in another container (${header?.machine}), so this one cannot tell whether it has ended; a run that is still running loses the resources that it uses`,
    );
  const unread = unreadableLines.map((line) => ({
    subject: `${path}:${line}`,
    reason: "the line cannot be read; the resource that it records may still exist",
  }));
  const result = { ledger: path, run: header?.run ?? "", deleted: [], absent: [], kept: [], leftovers: unread };
  if (openEntries.size === 0) {
    if (unreadableLines.length === 0) removeArchived(ledger);
    return result;
  }
  if (!header)
    throw new UsageError(
      `${path}:1: expected the header of a ledger; the file is damaged or was written by another version of assay`,
    );
  // Taken before the sweep, which removes deleted entries.
  const entries = [...openEntries.values()];
  const swept = await sweepTarget(ledger, header, options);
  if (!swept) return { ...result, absent: entries.map(entryLabel) };
  return {
    ...result,
    deleted: swept.deleted.map(entryLabel),
    absent: swept.absent.map(entryLabel),
    kept: swept.leftovers.filter(({ entry }) => entry.keptReason !== undefined).map(describeEntry),
    leftovers: [...unread, ...swept.leftovers.filter(({ entry }) => entry.keptReason === undefined).map(describeEntry)],
  };
}

const describeEntry = ({ entry, reason }: SweepResult["leftovers"][number]) => ({
  subject: entryLabel(entry),
  reason,
});

/** Undefined where the run used the embedded emulator, which ended together with the run's process. */
async function sweepTarget(
  readLedger: ReadLedger,
  { run, targetOptions: recordedOptions }: NonNullable<ReadLedger["header"]>,
  options: SweepOptions,
): Promise<SweepResult | undefined> {
  const targetOptions = options.target === undefined && options.endpoint === undefined ? recordedOptions : options;
  const specs = loadValidSpecs(options.specs ?? recordedOptions?.specs);
  const resolvedTarget =
    targetOptions && (targetOptions.target ?? targetOptions.endpoint) !== undefined
      ? resolveTarget(targetOptions, specs)
      : undefined;
  if (resolvedTarget && !options.force) assertSameServices(readLedger, resolvedTarget, specs);
  let redactor: Redactor | undefined;
  const ledger = resumeLedger(readLedger, (line) => redactor?.serializeLine(line) ?? JSON.stringify(line));
  try {
    if (targetOptions === undefined || resolvedTarget === undefined) {
      for (const { number } of ledger.entries()) ledger.recordDeleted(number);
      return undefined;
    }
    const { target, transport, close } = await connectTarget(resolvedTarget, targetOptions, specs);
    const interrupts = handleInterrupts(options.out);
    redactor = createRedactor(target.services.values(), run, proxySecrets(process.env));
    try {
      const session = openSession({
        target,
        run: newRunId(),
        seed: 1,
        recordAll: false,
        known: knownList([], () => () => false, Date.now()),
        transport,
        redactor,
        ledger,
        actions: specs.actions,
        now: Date.now,
        nonce: newNonce,
        sleep,
        interrupted: interrupts.interrupted,
      });
      return await session.sweep(run);
    } finally {
      interrupts.done();
      await close();
    }
  } finally {
    ledger.close();
    if (ledger.openCount() === 0 && readLedger.unreadableLines.length === 0) removeArchived(readLedger);
  }
}

function print({ ledger, run, deleted, absent, kept, leftovers }: LedgerSweepResult): void {
  const printLine = (text: string) => void process.stdout.write(`${text}\n`);
  for (const resource of deleted) printLine(`deleted: ${resource}`);
  for (const { subject, reason } of kept) printLine(`kept: ${subject}: ${reason}`);
  for (const { subject, reason } of leftovers) printLine(`left on the target: ${subject}: ${reason}`);
  printLine(
    `${ledger}${run && `, run ${run}`}: ${deleted.length} deleted, ${absent.length} not found, ${leftovers.length} left on the target`,
  );
}
