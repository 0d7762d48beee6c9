/** Peak memory of `assay run` at about 1,000 and about 100,000 cases, and their ratio. Runs alone, too. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cli, measureProcess } from "./measure-process.ts";
import { startServerProcess } from "./server-process.ts";
import { megabytes } from "./statistics.ts";
import { writeFolder } from "./synthetic-specs.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

interface Measured {
  readonly planned: number;
  readonly bytes: number;
}

/** The server has a process of its own: only the run's memory counts. */
const measured = (cases: number): Promise<Measured> =>
  withTemporaryFolder(async (dir) => {
    const specs = join(dir, "specs");
    const out = join(dir, "out");
    writeFolder(specs, cases, "refused");
    const server = await startServerProcess(cli, ["emulator", "--specs", specs]);
    try {
      const { exit, bytes } = await measureProcess(["run", "--specs", specs, "--endpoint", server.url, "--out", out]);
      const { planned } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as { planned: number };
      if (exit !== 0) throw new Error(`the run of ${planned} cases ended with exit code ${exit}`);
      return { planned, bytes };
    } finally {
      await server.stop();
    }
  });

export async function memory(few: number, many: number): Promise<string[]> {
  const small = await measured(few);
  const large = await measured(many);
  const line = ({ planned, bytes }: Measured) => `memory       ${megabytes(bytes)} at most for ${planned} cases`;
  return [line(small), line(large), `memory ratio ${(large.bytes / small.bytes).toFixed(2)}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await memory(1_000, 100_000)) process.stdout.write(`${line}\n`);
}
