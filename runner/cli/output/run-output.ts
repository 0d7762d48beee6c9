/** What a run says on standard output: how far it is, what fails, how it ended; and where GitHub reads along, its marks. */
import { randomUUID } from "node:crypto";
import pc from "picocolors";
import { closingLines } from "../../../reports/console/console.ts";
import { createLiveReporter } from "../../../reports/console/live.ts";
import { annotations } from "../../../reports/github/annotations.ts";
import { formatAnnotation, isGitHubActions, stopCommands } from "../../../reports/github/workflow-commands.ts";
import { shellQuoted } from "../../../reports/text/sentences.ts";
import { readRecording } from "../../log/reader.ts";
import type { Case, Footer, Header, Target, Verdict } from "../../model/index.ts";
import { callsPerSecond, serviceTargetOf } from "../../run/send/endpoint.ts";
import type { Specs } from "../../spec/load.ts";
import { ruleLocator } from "../../spec/rule-location.ts";
import { cliCommand } from "../rerun-command.ts";
import { progress } from "./progress.ts";
import { setUnrefInterval } from "./progress-types.ts";
import { renderConsole } from "./render.ts";
import { workloadOf } from "./throughput.ts";

export interface OutputOptions {
  readonly cases: Iterable<Case>;
  readonly header: Header;
  readonly target: Target;
  readonly specs: Specs;
  /** Where the log and the reports go. */
  readonly out: string;
  readonly strict: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export interface RunOutput {
  /** The same cases, counted as they are taken. */
  readonly cases: Iterable<Case>;
  onVerdict(verdict: Verdict): void;
  /** No more verdicts come. */
  done(): void;
  /** How the run ended; `embedded` where the target is gone with it. */
  printSummary(log: string, footer: Footer, embedded: boolean): void;
  /** The last of all. */
  printAnnotations(log: string): void;
}

export function createRunOutput({
  cases,
  header,
  target,
  specs,
  out,
  strict,
  quiet,
  verbose,
}: OutputOptions): RunOutput {
  const { stdout, env } = process;
  const write = (text: string): void => void stdout.write(text);
  const colour = pc.isColorSupported && stdout.isTTY === true;
  const resumeCommands = isGitHubActions(env) ? stopCommands(randomUUID(), write) : undefined;
  const going = progress(
    {
      cases,
      work: workloadOf(cases, (action) => {
        const to = serviceTargetOf(target, action.id);
        return to && callsPerSecond(to, action);
      }),
      stream: stdout,
      now: () => performance.now(),
      every: setUnrefInterval,
      tell: createLiveReporter({ header, strict, verbose, colour }),
    },
    quiet,
  );
  return {
    cases: going.cases,
    onVerdict: going.onVerdict,
    done: going.done,
    printSummary(log, footer, embedded) {
      if (quiet) for (const line of closingLines(readRecording(log), colour)) write(`${line}\n`);
      else {
        renderConsole(log);
        write("\n");
      }
      write(`log and reports: ${out}\n`);
      if (footer.leftovers > 0 && !embedded)
        write(`${footer.leftovers} may be left on the target: ${cliCommand("sweep")} --out ${shellQuoted(out)}\n`);
    },
    printAnnotations(log) {
      if (!resumeCommands) return;
      resumeCommands();
      const placeOf = ruleLocator(specs.files, env["GITHUB_WORKSPACE"] ?? process.cwd());
      for (const mark of annotations(readRecording(log), { strict, placeOf })) write(formatAnnotation(mark));
    },
  };
}
