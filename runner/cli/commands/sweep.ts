/** assay sweep: what the ledgers of a folder still name is deleted from the target and proved to be gone; or why not. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { knownList } from "../../check/known-failures.ts";
import type { Target } from "../../model/index.ts";
import { createRedactor, type Redactor } from "../../redaction/redactor.ts";
import {
  isRunAlive,
  LedgerLockedError,
  type ReadLedger,
  readLedgers,
  removeArchived,
  resumeLedger,
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

interface SweepOptions extends TargetOptions {
  readonly out: string;
  readonly specs?: string;
  readonly force?: boolean;
  readonly format: string;
}

interface Result {
  readonly ledger: string;
  readonly run: string;
  readonly deleted: readonly string[];
  readonly absent: readonly string[];
  /** It may be somebody's, and never was to be deleted. */
  readonly kept: readonly { readonly what: string; readonly why: string }[];
  readonly left: readonly { readonly what: string; readonly why: string }[];
}

export function sweepCommand(program: Command): void {
  addTargetOptions(
    program.command("sweep").description("delete what an interrupted run has left on its target, and prove it gone"),
  )
    .option(
      "--out <dir>",
      "the folder of the run: its resources.ndjson, and those put aside there",
      join("reports", "out"),
    )
    .option("--specs <dir>", "specs instead of the built-in ones")
    .option("--force", "although the run seems to be at work still")
    .addOption(formatOption())
    .action(async (options: SweepOptions) => {
      const results = await sweepFolder(options);
      process.exitCode = results.some(({ left }) => left.length > 0) ? 3 : 0;
      if (options.format === "json") return printJson(results);
      await withCommandsStopped(() => results.forEach(print));
    });
}

async function sweepFolder(options: SweepOptions): Promise<Result[]> {
  if (!existsSync(options.out))
    throw new UsageError(`--out ${options.out}: no such folder; it is the one that \`assay run --out\` wrote to`);
  const ledgers = readLedgers(options.out);
  if (ledgers.length === 0)
    throw new UsageError(`--out ${options.out}: there is no resources.ndjson, so no run has written here`);
  const [only, another] = ledgers;
  if (only && !another) return [await sweepLedger(only, options)];
  const results: Result[] = [];
  for (const ledger of ledgers) results.push(await sweepLedger(ledger, options).catch((e) => unswept(ledger, e)));
  return results;
}

/** One that cannot be swept is no reason to leave the others. */
function unswept({ path, head }: ReadLedger, error: unknown): Result {
  if (!(error instanceof UsageError)) throw error;
  return {
    ledger: path,
    run: head?.run ?? "",
    deleted: [],
    absent: [],
    kept: [],
    left: [{ what: path, why: error.message }],
  };
}

/** Another target, or another account of it, may hold things of the same names. */
function refuseElsewhere({ path, head, open }: ReadLedger, target: Target, specs: Specs): void {
  const now = serviceIdentities(target, specs);
  for (const service of new Set([...open.values()].map((entry) => entry.service))) {
    const [then, here] = [head?.services?.[service], now[service]];
    if (!then || !here) continue;
    const others = (["endpoint", "host", "region", "app"] as const).filter((key) => then[key] !== here[key]);
    const sameAccount = then.key === here.key || (then.account !== undefined && then.account === here.account);
    if (others.length === 0 && sameAccount) continue;
    const what = others.map((key) => `its ${key} was ${then[key] ?? "none"} and is ${here[key] ?? "none"}`);
    if (!sameAccount)
      what.push("its key was another, and no account is named by which it could be told to be the same");
    throw new UsageError(
      `${path}: the run ${head?.run} was at another ${service}: ${what.join("; ")}. Name its target, or say --force`,
    );
  }
}

async function sweepLedger(ledger: ReadLedger, options: SweepOptions): Promise<Result> {
  const { path, head, open, broken } = ledger;
  if (!options.force && isRunAlive(ledger))
    throw new UsageError(
      `${new LedgerLockedError(path, head).message}; wait for its end, or say --force if that process is another`,
    );
  const unread = broken.map((line) => ({
    what: `${path}:${line}`,
    why: "the line cannot be read; what it named may be left",
  }));
  const result = { ledger: path, run: head?.run ?? "", deleted: [], absent: [], kept: [], left: unread };
  if (open.size === 0) {
    if (broken.length === 0) removeArchived(ledger);
    return result;
  }
  if (!head)
    throw new UsageError(`${path}:1: expected the head of a ledger; it was written by another assay, or is damaged`);
  const swept = await sweepThrough(ledger, head, options);
  if (!swept) return { ...result, absent: [...open.values()].map(entryLabel) };
  return {
    ...result,
    deleted: swept.deleted.map(entryLabel),
    absent: swept.absent.map(entryLabel),
    kept: swept.left.filter(({ entry }) => entry.kept !== undefined).map(told),
    left: [...unread, ...swept.left.filter(({ entry }) => entry.kept === undefined).map(told)],
  };
}

const told = ({ entry, why }: SweepResult["left"][number]) => ({ what: entryLabel(entry), why });

/** Undefined where the target is gone with the run's own process. */
async function sweepThrough(
  read: ReadLedger,
  { run, targetOptions: before }: NonNullable<ReadLedger["head"]>,
  options: SweepOptions,
): Promise<SweepResult | undefined> {
  const how = options.target === undefined && options.endpoint === undefined ? before : options;
  const specs = loadValidSpecs(options.specs ?? before?.specs);
  const aim = how && (how.target ?? how.endpoint) !== undefined ? resolveTarget(how, specs) : undefined;
  if (aim && !options.force) refuseElsewhere(read, aim, specs);
  let redactor: Redactor | undefined;
  const ledger = resumeLedger(read, (line) => redactor?.serializeLine(line) ?? JSON.stringify(line));
  try {
    if (how === undefined || aim === undefined) {
      for (const { n } of ledger.entries()) ledger.recordDeleted(n);
      return undefined;
    }
    const { target, transport, close } = await connectTarget(aim, how, specs);
    const stop = handleInterrupts(options.out);
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
        interrupted: stop.interrupted,
      });
      return await session.sweep(run);
    } finally {
      stop.done();
      await close();
    }
  } finally {
    ledger.close();
    if (ledger.openCount() === 0 && read.broken.length === 0) removeArchived(read);
  }
}

function print({ ledger, run, deleted, absent, kept, left }: Result): void {
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  for (const what of deleted) say(`deleted: ${what}`);
  for (const { what, why } of kept) say(`kept: ${what}: ${why}`);
  for (const { what, why } of left) say(`left: ${what}: ${why}`);
  const were = absent.length === 1 ? "was" : "were";
  say(
    `${ledger}${run && `, run ${run}`}: ${deleted.length} deleted, ${absent.length} ${were} not there, ${left.length} left`,
  );
}
