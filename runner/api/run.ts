/** Specs, a selection and a target → a recorded run. */
import { UsageError } from "../cli/errors.ts";
import { loadKnownFailures } from "../cli/known-failures/read.ts";
import { readPreviousRunOrFail } from "../cli/read-log.ts";
import { claimOutputFolder, openRun, type RecordOptions, selectRun } from "../cli/record-run.ts";
import { connectTarget } from "../cli/target/connect.ts";
import { newNonce, newRunId, sleep } from "../cli/target/open-session.ts";
import type { Footer, RateLimit, Recording, Verdict } from "../model/index.ts";
import { runId } from "../run/run-id.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import type { Specs } from "../spec/specs.ts";
import { type SelectionSettings, selectionOptions } from "./plan.ts";

/** Options of `runSpecs`; all of them are optional. Without `target` and `endpoint`, the embedded emulator is tested. */
export interface RunSettings extends SelectionSettings {
  /**
   * Address of one server for all services, such as `http://127.0.0.1:8089`; called with the public test keys and the provided
   * resources of the emulator. Cannot be combined with `target`.
   */
  readonly endpoint?: string | undefined;
  /** Integer of at least 0 from which values are generated; the same seed and `runBits` send the same values. Default: 1. */
  readonly seed?: number | undefined;
  /** Number of cases that run at the same time, at least 1. Default: 8. */
  readonly lanes?: number | undefined;
  /** Number of rounds in which all selected cases are run, at least 1; each case has one verdict. Default: 1. */
  readonly repeat?: number | undefined;
  /** Replaces the rate limits of the target. */
  readonly pace?: RateLimit | undefined;
  /**
   * Folder of the log `run.ndjson` and of the ledger `resources.ndjson`, from which `assay sweep` deletes what a killed run left
   * on its target. Without it both are kept in memory. A target file requires it.
   */
  readonly out?: string | undefined;
  /** Path of a known-failure list. Default: that of the target file. */
  readonly known?: string | undefined;
  /** Path of the `run.ndjson` of an earlier run of the same target: only changes since that run make this run fail. */
  readonly since?: string | undefined;
  /** True where warnings make the run fail. Default: false. */
  readonly strict?: boolean | undefined;
  /** True where the exchanges of passed cases are recorded as well. Default: false. */
  readonly recordAll?: boolean | undefined;
  /** Milliseconds since the epoch: the time of signatures, of the log, and of the embedded emulator. Default: the system clock. */
  readonly now?: (() => number) | undefined;
  /** Waits the given milliseconds, between retries and for rate limits. Default: a timer. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Returns an unsigned 32-bit integer for signatures that need one. Default: random. */
  readonly nonce?: (() => number) | undefined;
  /**
   * 64 bits that become the id of the run. Every created name contains it, and what contains it is deleted at the end: on a
   * server that others use as well, never use the same bits twice. Default: random.
   */
  readonly runBits?: bigint | undefined;
  /** Variables that hold the secrets of the target file and the addresses of proxies. Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Called before each case: once it returns true, no further case is started, and the run cleans up and ends. */
  readonly interrupted?: (() => boolean) | undefined;
  /** Receives each verdict as soon as it is decided, redacted; not in plan order. If it throws, the run cleans up and rejects. */
  readonly onVerdict?: ((verdict: Verdict) => void) | undefined;
}

/** A run that has ended. */
export interface RunResult {
  /** Counts, problems of the run, and in `exit` the exit code that `assay run` would have. */
  readonly footer: Footer;
  /** All verdicts in plan order, for `renderReport` and `writeReports`. With `out` they stay in the log file. */
  readonly recording: Recording;
}

/**
 * Runs cases as `assay run` does: preflight, cases, deletion of what the run created. A failed case is no error: see
 * `footer.exit` and `footer.counts`. Reports are not written: see `writeReports`.
 *
 * @param specs what `readSpecs` returned.
 * @param settings all of them are optional.
 * @throws UsageError before anything is sent: if a setting is wrong, no case is selected, the target file or the known-failure
 * list has problems, or `out` cannot be written.
 * @throws Error if the run itself failed, e.g. because the log cannot be written. Its text contains no secret of the target.
 */
export async function runSpecs(specs: Specs, settings: RunSettings = {}): Promise<RunResult> {
  const options = recordOptions(specs, settings);
  const { now = Date.now, nonce = newNonce, sleep: wait = sleep, runBits } = settings;
  const { interrupted = () => false, onVerdict, out } = settings;
  const selection = selectRun(options, specs);
  const { target, cases } = selection;
  if (out === undefined && target && !target.isEmulator)
    throw new UsageError("a target file needs `out`: a folder for the ledger of the resources that the run creates");
  const known = loadKnownFailures(settings.known ?? target?.known, specs, now());
  const { since } = settings;
  const previousRun = since === undefined ? undefined : readPreviousRunOrFail(since, target?.name ?? "emulator");
  if (out !== undefined) claimOutputFolder(out);
  const connection = await connectTarget(target, options, specs);
  try {
    const id = runBits === undefined ? newRunId() : runId(BigInt.asUintN(64, runBits));
    const run = openRun(options, {
      specs,
      selection,
      connection,
      known,
      previousRun,
      run: id,
      now,
      nonce,
      sleep: wait,
    });
    // The run cleans up before the error of a callback is thrown.
    const errors: unknown[] = [];
    try {
      const footer = await run.execute({
        cases,
        interrupted: () => errors.length > 0 || interrupted(),
        onVerdict: (verdict) => {
          try {
            onVerdict?.(verdict);
          } catch (error) {
            errors.push(error);
          }
        },
      });
      if (errors.length > 0) throw errors[0];
      return { footer, recording: run.recording() };
    } catch (error) {
      throw run.redactError(error);
    } finally {
      run.close();
    }
  } finally {
    await connection.close();
  }
}

/** The options of the command line. @throws UsageError for numbers out of range. */
function recordOptions({ dir }: Specs, settings: RunSettings): RecordOptions {
  const { seed = 1, lanes = 8, repeat = 1, strict = false, recordAll = false } = settings;
  for (const [name, value, min] of [
    ["seed", seed, 0],
    ["lanes", lanes, 1],
    ["repeat", repeat, 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < min)
      throw new UsageError(`${name}: is ${value}; expected an integer of at least ${min}`);
  const { endpoint, target, pace, out, environment, now } = settings;
  const options = { ...selectionOptions(settings), endpoint, target, pace, out, environment, now };
  // Commands that the log and the ledger name need no option for the built-in specs.
  return { ...options, ...(dir === builtInSpecs() ? {} : { specs: dir }), seed, lanes, repeat, strict, recordAll };
}
