/** The memory that a report needs does not grow with the number of verdicts, because each is released once it is written. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reports } from "../../../reports/index.ts";
import type { Report } from "../../../reports/report.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import type { Recording, Verdict } from "../../../runner/model/index.ts";
import { writeSyntheticLog } from "../../bench/synthetic-log.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const folder = mkdtempSync(join(tmpdir(), "assay-rendering-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** Numbers of verdicts: two for a usual log, and two for a log with more causes than a report distinguishes. */
const lengths = { usual: [2_000, 20_000], apart: [8_000, 16_000] } as const;
type Log = keyof typeof lengths;
const fileOf = (log: Log, verdicts: number) => join(folder, `${log}-${verdicts}.ndjson`);
beforeAll(() => {
  for (const log of ["usual", "apart"] as const)
    for (const verdicts of lengths[log]) writeSyntheticLog(fileOf(log, verdicts), verdicts, log);
});

/** Heap bytes in use after an iteration over all verdicts, or over those of the last action: the maximum, minus the bytes before rendering. */
function peakHeapBytes(report: Report, log: Log, verdicts: number): number {
  const recording = readRecording(fileOf(log, verdicts));
  let peak = 0;
  const measured: Recording = {
    ...recording,
    *verdicts(action) {
      yield* recording.verdicts(action);
      if (action !== undefined && action !== recording.actions.at(-1)) return;
      gc();
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    },
  };
  gc();
  const before = process.memoryUsage().heapUsed;
  let writtenUnits = 0;
  report.render(measured, (chunk) => {
    writtenUnits += chunk.length;
  });
  expect(writtenUnits).toBeGreaterThan(100);
  expect(peak).toBeGreaterThan(0);
  return peak - before;
}

/** A verdict takes about 2,000 bytes of heap. A recording keeps only buffers outside the heap, so growth above this limit means that verdicts are retained. */
const MAX_BYTES_PER_VERDICT = 200;
/** Additional heap bytes per additional verdict. */
function heapGrowth(report: Report, log: Log): number {
  const [small, large] = lengths[log];
  // Run once before measuring, so that the compilation of code is not counted.
  peakHeapBytes(report, log, small);
  return (peakHeapBytes(report, log, large) - peakHeapBytes(report, log, small)) / (large - small);
}

describe.each(reports)("$id", (report) => {
  test("retains no verdict", () => {
    expect(heapGrowth(report, "usual")).toBeLessThan(MAX_BYTES_PER_VERDICT);
  });
  test("retains no verdict if each has a cause of its own", () => {
    expect(heapGrowth(report, "apart")).toBeLessThan(MAX_BYTES_PER_VERDICT);
  });
});

test("a report that retains its verdicts exceeds the limit", () => {
  const retaining: Report = {
    id: "hoarding",
    file: null,
    render: (recording, write) => {
      const retained: Verdict[] = [];
      for (const verdict of recording.verdicts()) retained.push(verdict);
      for (const verdict of retained) write(JSON.stringify(verdict));
    },
  };
  expect(heapGrowth(retaining, "usual")).toBeGreaterThan(2 * MAX_BYTES_PER_VERDICT);
});
