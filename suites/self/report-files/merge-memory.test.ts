/** The memory that merging needs does not grow with the number of verdicts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, expect, test } from "vitest";
import { mergeShards } from "../../../runner/merge/merged-log.ts";
import { readShardLog } from "../../../runner/merge/shard-log.ts";
import type { Header } from "../../../runner/model/index.ts";
import { writeSyntheticLog } from "../../bench/synthetic-log.ts";

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

const folder = mkdtempSync(join(tmpdir(), "assay-merging-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The log of a single shard with that many verdicts. */
function shardLog(verdicts: number): string {
  const path = join(folder, `${verdicts}.ndjson`);
  writeSyntheticLog(path, verdicts, "usual");
  const text = readFileSync(path, "utf8");
  const end = text.indexOf("\n");
  const header: Header = {
    ...(JSON.parse(text.slice(0, end)) as Header),
    plan: { cases: verdicts, digest: "d", target: "t" },
    shard: { index: 1, count: 1, cases: verdicts },
  };
  writeFileSync(path, JSON.stringify(header) + text.slice(end));
  return path;
}

/** Heap bytes in use after the last verdict is written, minus those before the log is read. `retained` gets every line. */
function heapBytes(path: string, retain?: (line: string) => void): number {
  gc();
  const before = process.memoryUsage().heapUsed;
  let last = 0;
  mergeShards([readShardLog(path)]).writeLines((line) => {
    retain?.(line);
    // Coverage is kept until the verdicts are written, but it does not grow with the cases of an action.
    if (last > 0 || !line.startsWith('{"type":"coverage"')) return;
    gc();
    last = process.memoryUsage().heapUsed;
  });
  expect(last).toBeGreaterThan(0);
  return last - before;
}

test("no verdict is retained, which the same measurement would show", () => {
  const [small, large] = [2_000, 12_000];
  const [smallLog, largeLog] = [shardLog(small), shardLog(large)];
  const growth = (lines?: string[]) => {
    const retain = lines && ((line: string) => void lines.push(line));
    // Once before measuring, so that the compilation of code is not counted.
    heapBytes(smallLog);
    return (heapBytes(largeLog, retain) - heapBytes(smallLog)) / (large - small);
  };
  // A line takes about 1,000 bytes. Coverage has 100 elements for each 1,000 verdicts.
  expect(growth()).toBeLessThan(60);
  expect(growth([])).toBeGreaterThan(200);
});
