/** The requests that the emulator received → log, reports and summary, written when it stops. */
import { basename, dirname } from "node:path";
import { globMatcher } from "../../cases/glob.ts";
import { knownList } from "../../check/known-failures.ts";
import { credentials } from "../../emulator/test-credentials.ts";
import { shellWord } from "../../http/shell-quote.ts";
import { fileLog } from "../../log/writer.ts";
import type { Footer, Header, KnownFailure } from "../../model/index.ts";
import { zeroCounts } from "../../model/status.ts";
import { createRedactor } from "../../redaction/redactor.ts";
import { exitCode } from "../../run/exit-code.ts";
import { createJournal, type Journal } from "../../sdk/received/journal.ts";
import { specsDigest } from "../../spec/digest.ts";
import type { Specs } from "../../spec/load.ts";
import { UsageError } from "../errors.ts";
import { removeReports, renderFiles, renderToStdout } from "../output/render.ts";
import { claimOutputFolder } from "../record-run.ts";
import { cliCommand } from "../rerun-command.ts";
import { newRunId } from "../target/open-session.ts";
import { version } from "../version.ts";

export interface JournalFile {
  readonly record: Journal["record"];
  /** Writes the log and the reports, prints the summary, and returns the exit code. */
  finish(): number;
}

export interface JournalFileOptions {
  /** Path of the log; the reports are written into its folder. */
  readonly path: string;
  readonly specs: Specs;
  /** Address of the emulator. */
  readonly endpoint: string;
  readonly known: readonly KnownFailure[];
}

/** Opens the log at once, so that a path that cannot be written is found before the first request. @throws a UsageError or WriteError. */
export function openJournal({ path, specs, endpoint, known }: JournalFileOptions): JournalFile {
  if (basename(path) !== "run.ndjson")
    throw new UsageError(`--journal ${path}: the file must be called run.ndjson; the reports are written beside it`);
  const out = dirname(path);
  claimOutputFolder(out);
  removeReports(out);
  const redactor = createRedactor(Object.values(credentials).map((c) => ({ credentials: c })));
  const journal = createJournal({ specs, now: Date.now, redactor, endpoint });
  const log = fileLog(path, redactor.serializeLine);
  const started = Date.now();
  const header: Header = {
    type: "header",
    format: 2,
    assay: version(),
    run: newRunId(),
    target: "requests to the emulator",
    seed: 0,
    depth: "standard",
    select: [],
    started: new Date(started).toISOString(),
    rerun: `${cliCommand("emulator")} --journal ${shellWord(path)}`,
    specs: specsDigest(specs.dir),
  };
  log.write(header);
  return {
    record: journal.record,
    finish() {
      const list = knownList(known, (glob) => globMatcher([glob]), started);
      const counts = zeroCounts();
      const verdicts = journal.verdicts();
      for (const { verdict } of verdicts) {
        const isKnown = verdict.status === "failed" && list.covers(verdict.id, verdict.findings);
        list.recordVerdict(verdict.id, verdict.findings, verdict.status);
        const status = isKnown ? "known" : verdict.status;
        counts[status]++;
        log.write({ ...verdict, status });
      }
      // A client does not make every call in every session, so an entry that matches no call is not stale.
      const staleKnownFailures = list.stale(false);
      const planned = verdicts.length;
      const outcome = { planned, counts, interrupted: false, strictWarnings: 0, actionsWithoutPass: 0, leftovers: 0 };
      const footer: Footer = {
        type: "footer",
        planned,
        counts,
        warnings: 0,
        interrupted: false,
        staleKnownFailures,
        runProblems: journal.problems(),
        leftovers: 0,
        requests: journal.requests(),
        // Without a judged request nothing was tested.
        exit:
          planned === 0
            ? 3
            : exitCode({ ...outcome, staleKnownFailures: staleKnownFailures.length, declaredByTarget: 0 }),
        durationMs: Date.now() - started,
      };
      log.write(footer);
      log.close();
      const recording = log.recording();
      renderFiles(recording, out);
      renderToStdout(recording, "console");
      process.stdout.write(`\nlog and reports: ${out}\n`);
      return footer.exit;
    },
  };
}
