/** Profiles of a run of synthetic cases and of the standard run: the share of each stage, and what it costs a case. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import type { BuiltTree } from "../built-tree.ts";
import { measureProcess } from "../measure-process.ts";
import { readFooter, withSyntheticService } from "../run-of-cases.ts";
import { row } from "../statistics.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import { type CpuProfile, sharesByStage } from "./shares.ts";

interface StageCosts {
  readonly planned: number;
  readonly shares: ReadonlyMap<string, number>;
  /** CPU time of the run for each of its cases; the start is included. */
  readonly microsecondsPerCase: number;
}

/** The sources are profiled, not the build: their paths name the stages. `args`: further arguments of `run`. */
const profileRun = (args: readonly string[]): Promise<StageCosts> =>
  withTemporaryFolder(async (dir) => {
    const out = join(dir, "out");
    const nodeOptions = ["--import", "tsx", "--cpu-prof", "--cpu-prof-dir", join(dir, "profiles")];
    const command = [join(packageRoot(), "runner", "cli", "main.ts"), "run", "--quiet", "--out", out, ...args];
    const { exit, cpuSeconds, errorText } = await measureProcess(command, { nodeOptions, cwd: packageRoot() });
    if (exit !== 0) throw new Error(`the profiled run ended with exit code ${exit}\n${errorText}`);
    // Each thread writes a profile, the loader of tsx too: CPU.DATE.TIME.PROCESS.THREAD.NUMBER.cpuprofile.
    const name = readdirSync(join(dir, "profiles")).find((file) => file.split(".")[4] === "0");
    if (name === undefined) throw new Error("the profiled run wrote no profile of its main thread");
    const profile = JSON.parse(readFileSync(join(dir, "profiles", name), "utf8")) as CpuProfile;
    const { planned } = readFooter(out);
    return { planned, shares: sharesByStage(profile), microsecondsPerCase: (cpuSeconds / planned) * 1e6 };
  });

/** Uses the embedded emulator. Its cases create, lease and delete resources; the synthetic ones only read. */
const profileStandardRun = (): Promise<StageCosts> => profileRun([]);

const profileSyntheticRun = (tree: BuiltTree, cases: number): Promise<StageCosts> =>
  withSyntheticService(tree, cases, ({ server, specs }) => profileRun(["--specs", specs, "--endpoint", server.url]));

/** Microseconds of CPU a case. */
const costOf = ({ shares, microsecondsPerCase }: StageCosts, stage: string): number =>
  (shares.get(stage) ?? 0) * microsecondsPerCase;

/** One line for each stage that a comparison of requests alone would leave out. */
export async function benchStages(): Promise<string[]> {
  const standard = await profileStandardRun();
  return ["redaction", "log", "reports", "ledger and leases"].map((stage) =>
    row(stage, `${costOf(standard, stage).toFixed(1)} µs CPU a case of the standard run`),
  );
}

/** A table: stage, and for each of both runs its share and the microseconds of CPU a case. */
export async function* benchProfile(tree: BuiltTree, cases: number): AsyncGenerator<string> {
  const synthetic = await profileSyntheticRun(tree, cases);
  const standard = await profileStandardRun();
  const both = [synthetic, standard];
  const cell = (costs: StageCosts, stage: string) =>
    `${(100 * (costs.shares.get(stage) ?? 0)).toFixed(1).padStart(6)} % ${costOf(costs, stage).toFixed(0).padStart(6)} µs`;
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(20)}${cells.map((c) => c.padStart(24)).join("")}`;
  yield line("stage", [`${synthetic.planned} synthetic cases`, `standard run of ${standard.planned}`]);
  for (const stage of new Set(both.flatMap(({ shares }) => [...shares.keys()])))
    yield line(
      stage,
      both.map((costs) => cell(costs, stage)),
    );
  yield line(
    "all",
    both.map(({ microsecondsPerCase }) => `${microsecondsPerCase.toFixed(0)} µs`),
  );
}
