/** The benchmarks of assay: `npm run bench` prints how they are called. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BuiltTree, buildWorkingTree } from "./built-tree.ts";
import { benchEmulatorThroughput } from "./emulator-throughput.ts";
import { benchEngine } from "./engine.ts";
import { guard } from "./guard/guard.ts";
import { guardMeasurements } from "./guard/measurements.ts";
import { benchKillAndSweep } from "./kill-and-sweep.ts";
import { benchMemory } from "./memory.ts";
import { benchProfile, benchStages } from "./profile/profile.ts";
import { benchReportRendering } from "./report-rendering.ts";
import { benchStart } from "./start.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

type Lines = Iterable<string> | AsyncIterable<string>;
interface Sizes {
  readonly cases: number;
  readonly rounds: number;
}

const measurements: Readonly<Record<string, (tree: BuiltTree, sizes: Sizes) => Lines | Promise<Lines>>> = {
  engine: benchEngine,
  stages: benchStages,
  emulator: (tree, { rounds }) => benchEmulatorThroughput(tree, { requests: 10_000, connections: 8, rounds }),
  start: (tree, { rounds }) => benchStart(tree, rounds),
  memory: (tree) => benchMemory(tree, [1_000, 100_000]),
  reports: (tree) => benchReportRendering(tree, 10_000, 100_000),
  profile: (tree, { cases }) => benchProfile(tree, cases),
  scale: (tree) => benchMemory(tree, [1_000, 100_000, 1_000_000]),
  kill: () => benchKillAndSweep(100, 1),
};
/** Tables and long runs; the others are run where no name is given. */
const onlyWhenNamed = ["profile", "scale", "kill"];

const usage = `npm run bench -- [NAME…] [--cases N] [--rounds N]
  NAME: ${Object.keys(measurements).join(", ")}; without any, all but ${onlyWhenNamed.join(", ")}
  --cases: of a run of engine or profile, default 100000; --rounds: of engine, emulator, start, default 5
npm run bench -- guard REV [NAME…]
  compares the working tree with a revision; exit code 1 if it is worse by more than a tenth
  NAME: ${Object.keys(guardMeasurements).join(", ")}; without any, all
`;

function fail(message: string): never {
  process.stderr.write(`${message}; usage:\n${usage}`);
  process.exit(2);
}

function readArguments(): { readonly names: readonly string[]; readonly sizes: Sizes } {
  const defaults = { cases: { type: "string", default: "100000" }, rounds: { type: "string", default: "5" } } as const;
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: defaults });
    return {
      names: positionals,
      sizes: { cases: count("cases", values.cases), rounds: count("rounds", values.rounds) },
    };
  } catch (error) {
    return fail((error as Error).message);
  }
}

const count = (option: string, text: string): number =>
  /^[1-9]\d*$/.test(text) ? Number(text) : fail(`--${option} ${text}: must be a number from 1`);

function assertNames(names: readonly string[], known: object): void {
  const unknown = names.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) fail(`${unknown.join(", ")}: unknown measurement`);
}

async function compare(revision: string | undefined, names: readonly string[]): Promise<void> {
  if (revision === undefined) fail("guard needs a revision, such as HEAD~1");
  assertNames(names, guardMeasurements);
  const all = names.length > 0 ? names : Object.keys(guardMeasurements);
  process.exitCode = await guard(revision, all, (line) => void process.stdout.write(`${line}\n`));
}

async function measure(names: readonly string[], sizes: Sizes): Promise<void> {
  assertNames(names, measurements);
  await withTemporaryFolder(async (dir) => {
    const tree = buildWorkingTree(join(dir, "working-tree"));
    for (const [name, bench] of Object.entries(measurements)) {
      if (names.length > 0 ? !names.includes(name) : onlyWhenNamed.includes(name)) continue;
      for await (const line of await bench(tree, sizes)) process.stdout.write(`${line}\n`);
    }
  });
}

const { names, sizes } = readArguments();
const [first, revision, ...guardNames] = names;
await (first === "guard" ? compare(revision, guardNames) : measure(names, sizes));
