/** Each report of logs with 10,000 and 100,000 verdicts: its size, CPU and wall time, and peak memory. */
import { closeSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { reports } from "../../reports/index.ts";
import type { BuiltTree } from "./built-tree.ts";
import { measureProcess, type ProcessUsage } from "./measure-process.ts";
import { formatSeconds, megabytes, row } from "./statistics.ts";
import { writeSyntheticLog } from "./synthetic-log.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Heap limit of a rendering process, far below Node's default of several GB, so that a report which retains verdicts fails. */
const MAX_HEAP_MB = 192;

interface RenderMeasurement extends ProcessUsage {
  readonly writtenBytes: number;
}

async function measureReport(tree: BuiltTree, log: string, id: string, file: string): Promise<RenderMeasurement> {
  const out = openSync(file, "w");
  try {
    const peak = await measureProcess([tree.script, "report", log, "--format", id], {
      nodeOptions: [`--max-old-space-size=${MAX_HEAP_MB}`],
      out,
    });
    if (peak.exit !== 0) throw new Error(`report ${id}: exit code ${peak.exit} with ${MAX_HEAP_MB} MB of heap`);
    return { ...peak, writtenBytes: statSync(file).size };
  } finally {
    closeSync(out);
  }
}

export const benchReportRendering = (tree: BuiltTree, fewVerdicts: number, manyVerdicts: number): Promise<string[]> =>
  withTemporaryFolder(async (dir) => {
    const logs = [fewVerdicts, manyVerdicts].map((verdicts) => join(dir, `${verdicts}.ndjson`));
    const [small = "", large = ""] = logs;
    writeSyntheticLog(small, fewVerdicts);
    writeSyntheticLog(large, manyVerdicts);
    const lines = [`${manyVerdicts} verdicts, log of ${megabytes(statSync(large).size)}, heap limit ${MAX_HEAP_MB} MB`];
    for (const { id } of reports) {
      const fewResult = await measureReport(tree, small, id, join(dir, id));
      const manyResult = await measureReport(tree, large, id, join(dir, id));
      const cost = `${formatSeconds(manyResult)}, ${megabytes(manyResult.peakBytes)} peak`;
      const ratio = `${(manyResult.peakBytes / fewResult.peakBytes).toFixed(2)} times the memory of ${fewVerdicts} verdicts`;
      lines.push(row(`report ${id}`, `${megabytes(manyResult.writtenBytes)} written, ${cost}, ${ratio}`));
    }
    return lines;
  });
