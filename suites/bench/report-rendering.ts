/** Each report of logs with 10,000 and 100,000 verdicts: its size, duration and peak memory. Can also be run as a script. */
import { closeSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reports } from "../../reports/index.ts";
import { measureProcess, type ProcessMeasurement } from "./measure-process.ts";
import { megabytes } from "./statistics.ts";
import { writeSyntheticLog } from "./synthetic-log.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Heap limit of a rendering process, far below Node's default of several GB, so that a report which retains verdicts fails. */
const MAX_HEAP_MB = 192;

interface RenderMeasurement extends ProcessMeasurement {
  readonly writtenBytes: number;
}

async function measureReport(log: string, id: string, file: string): Promise<RenderMeasurement> {
  const out = openSync(file, "w");
  try {
    const peak = await measureProcess(["report", log, "--format", id], { heap: MAX_HEAP_MB, out });
    if (peak.exit !== 0) throw new Error(`report ${id}: exit code ${peak.exit} with ${MAX_HEAP_MB} MB of heap`);
    return { ...peak, writtenBytes: statSync(file).size };
  } finally {
    closeSync(out);
  }
}

export const benchReportRendering = (fewVerdicts: number, manyVerdicts: number): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const logs = [fewVerdicts, manyVerdicts].map((verdicts) => join(dir, `${verdicts}.ndjson`));
    const [small = "", large = ""] = logs;
    writeSyntheticLog(small, fewVerdicts);
    writeSyntheticLog(large, manyVerdicts);
    const lines = [`${manyVerdicts} verdicts, log of ${megabytes(statSync(large).size)}, heap limit ${MAX_HEAP_MB} MB`];
    for (const { id } of reports) {
      const fewResult = await measureReport(small, id, join(dir, id));
      const manyResult = await measureReport(large, id, join(dir, id));
      const cost = `${manyResult.seconds.toFixed(1)} s, ${megabytes(manyResult.peakBytes)} peak`;
      const ratio = `${(manyResult.peakBytes / fewResult.peakBytes).toFixed(2)} times the memory of ${fewVerdicts} verdicts`;
      lines.push(`${id.padEnd(12)} ${(manyResult.writtenBytes / 1e6).toFixed(2)} MB written, ${cost}, ${ratio}`);
    }
    return lines;
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const line of await benchReportRendering(10_000, 100_000)) process.stdout.write(`${line}\n`);
}
