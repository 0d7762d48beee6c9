/** Peak memory of `assay run` with about 1,000 and about 100,000 cases, and their ratio. Can also be run as a script. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cliScript, measureProcess } from "./measure-process.ts";
import { startServerProcess } from "./server-process.ts";
import { megabytes } from "./statistics.ts";
import { writeSpecs } from "./synthetic-specs.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

interface MemoryOfRun {
  /** Number of planned cases. */
  readonly planned: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
}

/** The emulator runs in another process, so that only the memory of the run counts. */
const measureRun = (cases: number): Promise<MemoryOfRun> =>
  withTemporaryFolder(async (dir) => {
    const specs = join(dir, "specs");
    const out = join(dir, "out");
    writeSpecs(specs, cases, "refused");
    const server = await startServerProcess(cliScript, ["emulator", "--specs", specs]);
    try {
      const { exit, peakBytes } = await measureProcess([
        "run",
        "--specs",
        specs,
        "--endpoint",
        server.url,
        "--out",
        out,
      ]);
      const { planned } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as { planned: number };
      if (exit !== 0) throw new Error(`the run of ${planned} cases ended with exit code ${exit}`);
      return { planned, peakBytes };
    } finally {
      await server.stop();
    }
  });

export async function benchPeakMemory(fewCases: number, manyCases: number): Promise<string[]> {
  const small = await measureRun(fewCases);
  const large = await measureRun(manyCases);
  const line = ({ planned, peakBytes }: MemoryOfRun) =>
    `memory       ${megabytes(peakBytes)} peak for ${planned} cases`;
  return [line(small), line(large), `memory ratio ${(large.peakBytes / small.peakBytes).toFixed(2)}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await benchPeakMemory(1_000, 100_000)) process.stdout.write(`${line}\n`);
}
