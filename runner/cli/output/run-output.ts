/** The standard output of a run: progress, failures, summary, and annotations on GitHub Actions. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { closingLines } from "../../../reports/console/console.ts";
import { createLiveReporter } from "../../../reports/console/live.ts";
import { annotations } from "../../../reports/github/annotations.ts";
import { formatAnnotation, isGitHubActions, stopCommands } from "../../../reports/github/workflow-commands.ts";
import { plural } from "../../../reports/text/visible-text.ts";
import type { ActionCost } from "../../cases/cost.ts";
import { shellWord } from "../../http/shell-quote.ts";
import type { Action, Case, Footer, Header, Recording, Shard, Target, Verdict } from "../../model/index.ts";
import { callsPerSecond, serviceTargetOf } from "../../run/send/endpoint.ts";
import type { Specs } from "../../spec/load.ts";
import { ruleLocator } from "../../spec/rule-location.ts";
import { cliCommand } from "../rerun-command.ts";
import { progress } from "./progress.ts";
import { setUnrefInterval } from "./progress-types.ts";
import { renderToStdout } from "./render.ts";
import { workloadOf } from "./throughput.ts";

export interface OutputOptions {
  readonly cases: Iterable<Case>;
  readonly costs: ReadonlyMap<Action, ActionCost>;
  readonly header: Header;
  readonly target: Pick<Target, "services">;
  readonly specs: Specs;
  /** Folder of the log and the reports. */
  readonly out: string;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** It uses only its part of the rate limits. */
  readonly shard: Shard | undefined;
}

export interface RunOutput {
  /** The cases of the options, counted while they are iterated. */
  readonly cases: Iterable<Case>;
  onVerdict(verdict: Verdict): void;
  /** Ends the progress display. */
  done(): void;
  /** Prints the result of the run. `embedded`: the target was the embedded emulator, so leftovers do not matter. */
  printSummary(recording: Recording, footer: Footer, embedded: boolean): void;
  /** After a run that failed: how to delete these resources; without a ledger their names. */
  printLeftovers(names: readonly string[]): void;
  /** Prints the annotations for GitHub; must be called last. */
  printAnnotations(recording: Recording): void;
}

const sweepNote = (leftovers: number, out: string): string =>
  `${plural(leftovers, "resource")} may be left on the target; to delete leftovers: ${cliCommand("sweep")} --out ${shellWord(out)}\n`;

export function createRunOutput({
  cases,
  costs,
  header,
  target,
  specs,
  out,
  strict,
  quiet,
  verbose,
  shard,
}: OutputOptions): RunOutput {
  const { stdout, env } = process;
  const write = (text: string): void => void stdout.write(text);
  const colour = pc.isColorSupported && stdout.isTTY === true;
  const resumeCommands = isGitHubActions(env) ? stopCommands(randomUUID(), write) : undefined;
  const shownProgress = progress(
    {
      cases,
      workload: workloadOf(costs, (action) => {
        const service = serviceTargetOf(target, action.id);
        const rate = service && callsPerSecond(service, action);
        return rate && rate / (shard?.count ?? 1);
      }),
      stream: stdout,
      now: () => performance.now(),
      repeat: setUnrefInterval,
      formatVerdict: createLiveReporter({ header, strict, verbose, colour }),
    },
    quiet,
  );
  return {
    cases: shownProgress.cases,
    onVerdict: shownProgress.onVerdict,
    done: shownProgress.done,
    printSummary(recording, footer, embedded) {
      if (quiet) for (const line of closingLines(recording, colour)) write(`${line}\n`);
      else {
        renderToStdout(recording, "console");
        write("\n");
      }
      write(`log and reports: ${out}\n`);
      if (footer.leftovers > 0 && !embedded) write(sweepNote(footer.leftovers, out));
    },
    printLeftovers(names) {
      if (existsSync(join(out, "resources.ndjson"))) {
        if (names.length > 0) process.stderr.write(sweepNote(names.length, out));
      } else for (const name of names) process.stderr.write(`left on the target: ${name}\n`);
    },
    printAnnotations(recording) {
      if (!resumeCommands) return;
      resumeCommands();
      const placeOf = ruleLocator(specs, env["GITHUB_WORKSPACE"] ?? process.cwd());
      for (const annotation of annotations(recording, { strict, placeOf })) write(formatAnnotation(annotation));
    },
  };
}
