/** Every report of a long log in memory that hardly grows with it: verdicts are read, written and let go. */
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
/** Two lengths of a usual log; and of one with more causes than are told apart, in both lengths. */
const lengths = { usual: [2_000, 20_000], apart: [8_000, 16_000] } as const;
type Log = keyof typeof lengths;
const fileOf = (log: Log, verdicts: number) => join(folder, `${log}-${verdicts}.ndjson`);
beforeAll(() => {
  for (const log of ["usual", "apart"] as const)
    for (const verdicts of lengths[log]) writeSyntheticLog(fileOf(log, verdicts), verdicts, log);
});

/** The most that was alive at the end of a walk over all verdicts, or over those of the last action. */
function held(report: Report, log: Log, verdicts: number): number {
  const recording = readRecording(fileOf(log, verdicts));
  let most = 0;
  const measured: Recording = {
    ...recording,
    *verdicts(action) {
      yield* recording.verdicts(action);
      if (action !== undefined && action !== recording.actions.at(-1)) return;
      gc();
      most = Math.max(most, process.memoryUsage().heapUsed);
    },
  };
  gc();
  const before = process.memoryUsage().heapUsed;
  let written = 0;
  report.render(measured, (chunk) => {
    written += chunk.length;
  });
  expect(written).toBeGreaterThan(100);
  expect(most).toBeGreaterThan(0);
  return most - before;
}

/** A verdict as it stands in memory takes some 2,000; what a recording keeps of it stands outside the heap. */
const bytesAVerdict = 200;
function grown(report: Report, log: Log): number {
  const [few, many] = lengths[log];
  // The first time, code is compiled.
  held(report, log, few);
  return (held(report, log, many) - held(report, log, few)) / (many - few);
}

describe.each(reports)("$id", (report) => {
  test("holds on to no verdict", () => {
    expect(grown(report, "usual")).toBeLessThan(bytesAVerdict);
  });
  test("holds on to no verdict where each has a cause of its own", () => {
    expect(grown(report, "apart")).toBeLessThan(bytesAVerdict);
  });
});

test("a report that holds on to them is found out", () => {
  const hoarding: Report = {
    id: "hoarding",
    file: null,
    render: (recording, write) => {
      const all: Verdict[] = [];
      for (const verdict of recording.verdicts()) all.push(verdict);
      for (const verdict of all) write(JSON.stringify(verdict));
    },
  };
  expect(grown(hoarding, "usual")).toBeGreaterThan(2 * bytesAVerdict);
});
