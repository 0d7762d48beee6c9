/** Measures `assay run` with a number of synthetic cases on the emulator of another process. */
import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type BuiltTree, UnmeasurableError } from "./built-tree.ts";
import { measureProcess, type ProcessUsage } from "./measure-process.ts";
import { type ServerProcess, startMeasuredEmulator } from "./server-process.ts";
import { writeSpecs } from "./synthetic-specs.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

export interface RunMeasurement extends ProcessUsage {
  readonly planned: number;
  readonly requests: number;
  readonly logBytes: number;
  /** Of all four reports. */
  readonly reportBytes: number;
}

/** An emulator of synthetic specs, which several runs may use. */
export interface SyntheticService {
  readonly server: ServerProcess;
  readonly specs: string;
  /** An empty folder, also for later output. */
  readonly dir: string;
}

/** Writes specs for about `cases` cases, and serves them while `work` runs. */
export const withSyntheticService = <T>(
  tree: BuiltTree,
  cases: number,
  work: (service: SyntheticService) => Promise<T>,
): Promise<T> =>
  withTemporaryFolder(async (dir) => {
    const specs = join(dir, "specs");
    await writeSpecs(specs, cases);
    const server = await startMeasuredEmulator(tree.script, ["--specs", specs]);
    try {
      return await work({ server, specs, dir });
    } finally {
      await server.stop();
    }
  });

const reportFiles = ["report.html", "summary.md", "junit.xml", "report.json"];

/** A run of one case: what every run does once. */
export const oneCase = ["--depth", "quick", "--select", "tencent/bench/DescribeThing0/valid/call/minimal@tc3-post"];

/** One run of all its cases, or of those that `selection` selects. @throws UnmeasurableError if a case does not pass. */
export async function measureRun(
  tree: BuiltTree,
  { server, specs, dir }: SyntheticService,
  selection: readonly string[] = [],
): Promise<RunMeasurement> {
  const out = join(dir, "out");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const args = ["run", "--quiet", "--specs", specs, "--endpoint", server.url, "--out", out, ...selection];
  const usage = await measureProcess([tree.script, ...args]);
  if (usage.exit !== 0)
    throw new UnmeasurableError(
      `${tree.name}: the run of synthetic cases ended with exit code ${usage.exit}\n${usage.errorText}`,
    );
  const sizeOf = (file: string) => statSync(join(out, file)).size;
  const { planned, requests } = readFooter(out);
  return {
    ...usage,
    planned,
    requests,
    logBytes: sizeOf("run.ndjson"),
    reportBytes: reportFiles.reduce((sum, file) => sum + sizeOf(file), 0),
  };
}

/** A footer without problems has less than 1 KB. */
const MAX_FOOTER_BYTES = 64 * 1024;

/** Reads the end of the log in the folder: the log is too long to be read as a whole. */
export function readFooter(out: string): { readonly planned: number; readonly requests: number } {
  const path = join(out, "run.ndjson");
  const file = openSync(path, "r");
  try {
    const { size } = statSync(path);
    const end = Buffer.alloc(Math.min(MAX_FOOTER_BYTES, size));
    readSync(file, end, 0, end.length, size - end.length);
    return JSON.parse(end.toString().trimEnd().split("\n").at(-1) ?? "") as { planned: number; requests: number };
  } finally {
    closeSync(file);
  }
}
