/** Start-up: the version, a run of few cases; and the standard run of the built-in specs. */
import { join } from "node:path";
import { type BuiltTree, UnmeasurableError } from "./built-tree.ts";
import { measureProcess, type ProcessUsage } from "./measure-process.ts";
import { formatSeconds, medianDuration, row } from "./statistics.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Exit codes of a run that had cases and judged them. */
const judged = [0, 1, 3];

/** @throws UnmeasurableError if the command did not do what is measured. */
async function measureCommand(
  tree: BuiltTree,
  args: readonly string[],
  exits: readonly number[],
): Promise<ProcessUsage> {
  const usage = await measureProcess([tree.script, ...args]);
  if (usage.exit === null || !exits.includes(usage.exit))
    throw new UnmeasurableError(
      `${tree.name}: assay ${args.join(" ")} ended with exit code ${usage.exit}\n${usage.errorText}`,
    );
  return usage;
}

export const measureVersion = (tree: BuiltTree): Promise<ProcessUsage> => measureCommand(tree, ["--version"], [0]);

const runInto = (tree: BuiltTree, args: readonly string[]): Promise<ProcessUsage> =>
  withTemporaryFolder((dir) => measureCommand(tree, ["run", "--quiet", "--out", join(dir, "out"), ...args], judged));

/** One or two cases on the embedded emulator: everything that a run does once. */
export const measureFirstCase = (tree: BuiltTree): Promise<ProcessUsage> =>
  runInto(tree, ["--select", "tencent/iai/CreateGroup/valid/**", "--depth", "quick"]);

export const measureStandardRun = (tree: BuiltTree): Promise<ProcessUsage> => runInto(tree, []);

const measured: readonly (readonly [string, (tree: BuiltTree) => Promise<ProcessUsage>])[] = [
  ["assay --version", measureVersion],
  ["run, first case", measureFirstCase],
  ["standard run", measureStandardRun],
];

export async function* benchStart(tree: BuiltTree, rounds: number): AsyncGenerator<string> {
  for (const [name, measure] of measured) {
    const usages: ProcessUsage[] = [];
    for (let round = 0; round < rounds; round++) usages.push(await measure(tree));
    yield row(name, `${formatSeconds(medianDuration(usages))} (median of ${rounds})`);
  }
}
