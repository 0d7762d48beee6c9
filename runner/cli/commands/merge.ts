/** `assay merge`: the logs of the shards of a plan → the log and the reports of one run. Reads only the logs. */
import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { withCommandsStopped } from "../../../reports/github/workflow-commands.ts";
import { plural } from "../../../reports/text/visible-text.ts";
import { shellWord } from "../../http/shell-quote.ts";
import { readRecording } from "../../log/reader.ts";
import { mergeShards } from "../../merge/merged-log.ts";
import { assertSamePlan } from "../../merge/same-plan.ts";
import type { ShardLog } from "../../merge/shard-log.ts";
import type { Header } from "../../model/index.ts";
import { UsageError } from "../errors.ts";
import { ensureOutputFolder, writeFileStreaming } from "../output/output-folder.ts";
import { renderFiles, renderToStdout, writeBuffered } from "../output/render.ts";
import { readPreviousRunOrFail, readShardLogOrFail } from "../read-log.ts";
import { cliCommand } from "../rerun-command.ts";

interface MergeOptions {
  readonly out: string;
  readonly since?: string;
}

export function mergeCommand(program: Command): void {
  program
    .command("merge")
    .description("make one recorded run, with all reports, of the shards of a plan")
    .argument("<logs...>", "run.ndjson of each shard")
    .option("--out <dir>", "folder of the merged log and the reports", join("reports", "out"))
    .option("--since <log>", "run.ndjson of an earlier run: only changes since that run make the merged run fail")
    .action(async (paths: string[], options: MergeOptions) => {
      process.exitCode = await merge(paths, options);
    });
}

/** Returns the exit code. */
async function merge(paths: readonly string[], { out, since }: MergeOptions): Promise<number> {
  const logFile = join(out, "run.ndjson");
  const [first, ...others] = assertShards(paths.map(readShardLogOrFail));
  const input = paths.find((path) => realpathSync(path) === realLogFile(out));
  if (input !== undefined)
    throw new UsageError(`--out ${out}: the merged log would overwrite ${input}; give another folder`);
  assertSinceIsNamed([first, ...others], since);
  const previousRun = since === undefined ? undefined : readPreviousRunOrFail(since, first.header.target);
  ensureOutputFolder(out);
  const merged = mergeShards([first, ...others], previousRun);
  let exit = 4;
  writeFileStreaming(logFile, (write) =>
    writeBuffered(write, (line) => {
      exit = merged.writeLines(line);
    }),
  );
  const recording = readRecording(logFile);
  renderFiles(recording, out);
  await withCommandsStopped(() => renderToStdout(recording, "console"));
  process.stdout.write(`\nlog and reports: ${out}\n`);
  for (const note of notes(merged.header, [first, ...others])) process.stderr.write(`${note}\n`);
  return exit;
}

function assertShards(logs: readonly ShardLog[]): [ShardLog, ...ShardLog[]] {
  try {
    return assertSamePlan(logs) as [ShardLog, ...ShardLog[]];
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function realLogFile(out: string): string {
  try {
    return realpathSync(join(out, "run.ndjson"));
  } catch {
    return resolve(out, "run.ndjson");
  }
}

/** Otherwise failures that the shards accepted, because they were there before, would fail the merged run. */
function assertSinceIsNamed(logs: readonly ShardLog[], since: string | undefined): void {
  const compared = logs.find(({ footer }) => footer?.since !== undefined);
  if (compared && since === undefined)
    throw new UsageError(
      `${compared.path}: this shard was compared with the run ${compared.footer?.since?.run}; give the log of that run with --since`,
    );
}

/** Which shards have no complete log, and how to delete what they left on the target. */
function notes({ shards = [] }: Header, logs: readonly ShardLog[]): string[] {
  const sweep = (path: string) => `to delete leftovers: ${cliCommand("sweep")} --out ${shellWord(dirname(path))}`;
  return shards.flatMap(({ index, cases, brokenOffAfter }) => {
    const name = `shard ${index}/${shards.length}`;
    const log = logs.find(({ header }) => header.shard.index === index);
    if (!log) return [`${name} is missing: give its run.ndjson; if there is none, run the shard again`];
    if (brokenOffAfter !== undefined)
      return [
        `${log.path}: ${name} broke off after ${brokenOffAfter} of its ${plural(cases ?? 0, "case")}; ${sweep(log.path)}`,
      ];
    const { leftovers = 0 } = log.footer ?? {};
    return leftovers > 0
      ? [`${log.path}: ${name} may have left ${plural(leftovers, "resource")} on the target; ${sweep(log.path)}`]
      : [];
  });
}
