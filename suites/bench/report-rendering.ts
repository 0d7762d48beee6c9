/** Every report of a log of 10,000 and of 100,000 verdicts: what is written, how long it takes and how much memory. Runs alone, too. */
import { closeSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reports } from "../../reports/index.ts";
import { measureProcess, type Peak } from "./measure-process.ts";
import { megabytes } from "./statistics.ts";
import { writeSyntheticLog } from "./synthetic-log.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Megabytes of heap that a process which renders may use; Node's own default is in gigabytes. */
const heap = 192;

interface Rendered extends Peak {
  readonly written: number;
}

async function rendered(log: string, id: string, file: string): Promise<Rendered> {
  const out = openSync(file, "w");
  try {
    const peak = await measureProcess(["report", log, "--format", id], { heap, out });
    if (peak.exit !== 0) throw new Error(`${id} with ${heap} MB of heap ended with exit code ${peak.exit}`);
    return { ...peak, written: statSync(file).size };
  } finally {
    closeSync(out);
  }
}

export const renderings = (few: number, many: number): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const logs = [few, many].map((verdicts) => join(dir, `${verdicts}.ndjson`));
    const [small = "", large = ""] = logs;
    writeSyntheticLog(small, few);
    writeSyntheticLog(large, many);
    const lines = [`${many} verdicts, a log of ${megabytes(statSync(large).size)}, at most ${heap} MB of heap`];
    for (const { id } of reports) {
      const one = await rendered(small, id, join(dir, id));
      const ten = await rendered(large, id, join(dir, id));
      const took = `${ten.seconds.toFixed(1)} s, ${megabytes(ten.bytes)} at most`;
      const ratio = `${(ten.bytes / one.bytes).toFixed(2)} times the memory of ${few}`;
      lines.push(`${id.padEnd(12)} ${(ten.written / 1e6).toFixed(2)} MB written, ${took}, ${ratio}`);
    }
    return lines;
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await renderings(10_000, 100_000)) process.stdout.write(`${line}\n`);
}
