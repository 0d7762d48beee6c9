/** What `guard` measures of a tree. It uses nothing of a tree but its command line and its tests, so that old revisions can be measured. */
import type { BuiltTree } from "../built-tree.ts";
import { measureRun, oneCase, type SyntheticService } from "../run-of-cases.ts";
import { measureFirstCase, measureStandardRun, measureVersion } from "../start.ts";
import { measureTests } from "./tests.ts";

/** Name of a metric, with its unit → its value. Times are CPU times. */
export type MetricValues = Readonly<Record<string, number>>;

export type Measurement = (tree: BuiltTree) => Promise<MetricValues>;

/** A version is printed so fast that one process says little: the fastest of three is disturbed least. */
const VERSIONS = 3;

const version: Measurement = async (tree) => {
  const all: number[] = [];
  for (let n = 0; n < VERSIONS; n++) all.push((await measureVersion(tree)).cpuSeconds);
  return { "version, s": Math.min(...all) };
};

const firstCase: Measurement = async (tree) => ({ "first case, s": (await measureFirstCase(tree)).cpuSeconds });

const standardRun: Measurement = async (tree) => ({ "standard run, s": (await measureStandardRun(tree)).cpuSeconds });

/** Both trees use the emulator of the working tree. The start is subtracted: it would hide a part of what the cases cost. */
const engineOn =
  (service: SyntheticService): Measurement =>
  async (tree) => {
    const few = await measureRun(tree, service, oneCase);
    const all = await measureRun(tree, service);
    const cpuSecondsPerCase = (all.cpuSeconds - few.cpuSeconds) / (all.planned - few.planned);
    return { "engine, µs a case": cpuSecondsPerCase * 1e6, "memory, MB": all.peakBytes / 1024 / 1024 };
  };

const testsOf =
  (trees: readonly BuiltTree[]): Measurement =>
  async (tree) => ({ "tests, s": measureTests(tree, trees) });

/** By the name with which `guard` selects it. */
export const guardMeasurements: Readonly<
  Record<string, (trees: readonly BuiltTree[], service: SyntheticService) => readonly Measurement[]>
> = {
  start: () => [version, firstCase],
  engine: (_, service) => [engineOn(service)],
  standard: () => [standardRun],
  tests: (trees) => [testsOf(trees)],
};
