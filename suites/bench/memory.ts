/** Peak memory, CPU time, and sizes of log and reports of `assay run`, by number of cases. */
import type { BuiltTree } from "./built-tree.ts";
import { measureRun, type RunMeasurement, withSyntheticService } from "./run-of-cases.ts";
import { formatSeconds, megabytes, microsecondsEach, row } from "./statistics.ts";

/** The emulator runs in another process, so that only the memory of the run counts. */
export async function* benchMemory(tree: BuiltTree, sizes: readonly number[]): AsyncGenerator<string> {
  let smallest: RunMeasurement | undefined;
  for (const cases of sizes) {
    const run = await withSyntheticService(tree, cases, (service) => measureRun(tree, service));
    smallest ??= run;
    const { planned, peakBytes, logBytes, reportBytes } = run;
    const ratio = `${(peakBytes / smallest.peakBytes).toFixed(2)} times the first`;
    yield row(`${planned} cases`, `${megabytes(peakBytes)} peak (${ratio}), ${formatSeconds(run)}`);
    const sizes = `log ${megabytes(logBytes)}, reports ${megabytes(reportBytes)}`;
    yield row("", `${microsecondsEach(run, planned)} a case, ${sizes}`);
  }
}
