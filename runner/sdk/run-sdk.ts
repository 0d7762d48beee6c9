/** Cases, a driver and the server → one verdict for each case, and the footer with their counts. */
import type { KnownFailureList } from "../check/known-failures.ts";
import type { Log } from "../log/writer.ts";
import type { ChangesSince, Footer, Header, Verdict } from "../model/index.ts";
import { zeroCounts } from "../model/status.ts";
import { exitCode } from "../run/exit-code.ts";
import { evaluateSdk, type SdkContext } from "./evaluate-sdk.ts";
import type { SdkCase } from "./sdk-case.ts";

export interface SdkRunOptions extends SdkContext {
  readonly cases: Iterable<SdkCase>;
  readonly header: Header;
  readonly known: KnownFailureList;
  readonly log: Log;
  /** True where no selection excluded cases. */
  readonly complete: boolean;
  readonly interrupted: () => boolean;
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Compares the run with an earlier one: gets each verdict as the log holds it. */
  readonly changes?: {
    record(verdict: Verdict, declaredByTarget: boolean): void;
    since(): ChangesSince;
  };
}

/** One case at a time, so that every request belongs to the case that is evaluated. @throws what `log` or `onVerdict` threw. */
export async function runSdk(options: SdkRunOptions): Promise<Footer> {
  const { cases, header, known, log, complete, interrupted, onVerdict, changes, now, driver } = options;
  const started = now();
  log.write(header);
  const counts = zeroCounts();
  let planned = 0;
  let warnings = 0;
  let requests = 0;
  let isStopped = false;
  for (const sdkCase of cases) {
    isStopped ||= interrupted();
    const verdict = isStopped
      ? await evaluateSdk({ ...sdkCase, skipReason: "the run was interrupted" }, planned, options)
      : await evaluateSdk(sdkCase, planned, options);
    requests += verdict.status === "skipped" ? 0 : options.server.received().length;
    const covered = verdict.status === "failed" && known.covers(verdict.id, verdict.findings);
    known.recordVerdict(verdict.id, verdict.findings, verdict.status);
    const final: Verdict = {
      ...verdict,
      ...(covered ? { status: "known" } : isStopped ? { status: "indeterminate" } : {}),
    };
    counts[final.status]++;
    if (final.status === "passed") warnings += final.findings.length;
    log.write(final);
    // What an SDK no longer has is a change, so nothing counts as declared.
    changes?.record(final, false);
    onVerdict?.(final);
    planned++;
  }
  const staleKnownFailures = isStopped ? [] : known.stale(complete);
  const exercised = counts.passed + counts.failed + counts.known + counts.observed;
  const since = changes?.since();
  const footer: Footer = {
    type: "footer",
    planned,
    counts,
    warnings,
    interrupted: isStopped,
    staleKnownFailures,
    runProblems: driver.strayLines().map((line) => `the driver wrote a line that is no message: ${line}`),
    leftovers: 0,
    requests,
    ...(since ? { since } : {}),
    exit: exitCode({
      planned,
      counts,
      interrupted: isStopped,
      staleKnownFailures: staleKnownFailures.length,
      // What the driver does not have is named by the driver itself and stands first in the output.
      declaredByTarget: exercised === 0 ? 0 : counts.skipped,
      strictWarnings: 0,
      actionsWithoutPass: 0,
      leftovers: 0,
      ...(since ? { since } : {}),
    }),
    durationMs: Math.max(0, now() - started),
  };
  log.write(footer);
  return footer;
}
