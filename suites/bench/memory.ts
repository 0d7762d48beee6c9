/** Peak memory of `assay run` at about 1,000 and about 100,000 cases, and their ratio. Runs alone, too. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../runner/spec/folder.ts";
import { writeFolder } from "./folder.ts";
import { megabytes } from "./numbers.ts";
import { serve } from "./served.ts";
import { inTemporary } from "./temporary.ts";

interface Peak {
  readonly planned: number;
  readonly bytes: number;
}

const cli = join(packageRoot(), "runner", "cli", "main.ts");
/** Loaded into the run: it tells its greatest resident size when it ends. */
const teller = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;

/** The server has a process of its own: only the run's memory counts. */
const peakOf = (cases: number): Promise<Peak> =>
  inTemporary(async (dir) => {
    const specs = join(dir, "specs");
    const out = join(dir, "out");
    writeFolder(specs, cases, "refused");
    const server = await serve(cli, ["emulator", "--specs", specs]);
    try {
      const run = ["run", "--specs", specs, "--endpoint", server.url, "--out", out];
      const child = spawn(process.execPath, ["--import", "tsx", "--import", teller, cli, ...run], {
        stdio: ["ignore", "ignore", "ignore", "pipe"],
      });
      const told = text(child.stdio[3] as NodeJS.ReadableStream);
      const exit = await new Promise((resolve) => child.once("close", resolve));
      const { planned } = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as { planned: number };
      if (exit !== 0) throw new Error(`the run of ${planned} cases ended with exit code ${exit}`);
      return { planned, bytes: Number(await told) * 1024 };
    } finally {
      await server.stop();
    }
  });

export async function memory(few: number, many: number): Promise<string[]> {
  const small = await peakOf(few);
  const large = await peakOf(many);
  const line = ({ planned, bytes }: Peak) => `memory       ${megabytes(bytes)} at most for ${planned} cases`;
  return [line(small), line(large), `memory ratio ${(large.bytes / small.bytes).toFixed(2)}`];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await memory(1_000, 100_000)) process.stdout.write(`${line}\n`);
}
