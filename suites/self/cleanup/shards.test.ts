/** Five shards in five processes against one emulator that enforces the documented rate limits; one of them is killed and swept. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmulatorServer } from "../../../runner/emulator/server.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import { readLedgers } from "../../../runner/resources/ledger-file.ts";
import { specsOf, startEmulator } from "../../vitest.ts";
import { runAssay, startCli } from "../cli/run-cli.ts";

const COUNT = 5;
const folder = mkdtempSync(join(tmpdir(), "assay-shards-"));
let emulator: EmulatorServer;
beforeAll(async () => {
  emulator = await startEmulator({ enforceRateLimits: true });
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const outOf = (name: string | number) => join(folder, `out-${name}`);
const logOf = (name: string | number) => join(outOf(name), "run.ndjson");
// Five actions with a common rate limit for their set-up: 20 calls of CreateGroup per second.
const select = ["--select", "tencent/organization/*Group/valid/**", "tencent/organization/*Group/missing-member/**"];
const startShard = (index: number, out: string | number = index) =>
  startCli([
    ...["run", "--endpoint", emulator.url, "--pace", "documented", "--shard", `${index}/${COUNT}`],
    ...["--out", outOf(out), "--quiet", "--depth", "quick", ...select],
  ]);
const indexes = Array.from({ length: COUNT }, (_, i) => i + 1);
const merge = (out: string, ...names: readonly (string | number)[]) =>
  runAssay("merge", ...names.map(logOf), "--out", outOf(out));

describe("five shards at the same time", () => {
  let initialState: unknown;
  beforeAll(async () => {
    initialState = emulator.state();
    const results = await Promise.all(indexes.map((index) => startShard(index).done));
    for (const { code, out, err } of results) expect(code, out + err).toBe(0);
  });

  test("keep the documented rate limits together: no call is throttled", () => {
    expect(emulator.throttled()).toBe(0);
    const peaks = Object.entries(emulator.peakPerSecond());
    expect(peaks.length).toBeGreaterThan(COUNT);
    for (const [action, peak] of peaks)
      expect(peak, action).toBeLessThanOrEqual(specsOf().actions.get(action)?.rateLimit ?? Number.POSITIVE_INFINITY);
  });

  test("leave nothing behind: five ledgers of five runs, without an open entry", () => {
    const ledgers = indexes.flatMap((index) => readLedgers(outOf(index)));
    expect(new Set(ledgers.map(({ header }) => header?.run)).size).toBe(COUNT);
    expect(ledgers.map(({ openEntries, ended }) => [openEntries.size, ended])).toEqual(indexes.map(() => [0, true]));
    expect(emulator.state()).toEqual(initialState);
  });

  test("are one run when merged, with the counts of a run in one piece", async () => {
    const { code, out, err } = await merge("merged", ...indexes);
    expect(code, out + err).toBe(0);
    const whole = await runAssay("run", "--depth", "quick", "--quiet", "--out", outOf("whole"), ...select);
    expect(whole.code, whole.out).toBe(0);
    const [merged, single] = ["merged", "whole"].map((name) => readRecording(logOf(name)).footer);
    expect(merged?.counts).toEqual(single?.counts);
    expect(merged?.planned).toBe(single?.planned);
  });
});

test("a killed shard is named by merge; the sweep that it names deletes what the shard left", async () => {
  const initialState = emulator.state();
  const killed = startShard(1, "killed");
  const ledgerFile = join(outOf("killed"), "resources.ndjson");
  while (!existsSync(ledgerFile) || readLedgers(outOf("killed")).every(({ openEntries }) => openEntries.size === 0))
    expect(await Promise.race([killed.done, sleep(10, "running")])).toBe("running");
  killed.kill("SIGKILL");
  await killed.done;
  const { code, err } = await merge("incomplete", "killed", 2, 3, 4, 5);
  expect(code).toBe(3);
  const [, command = ""] =
    /shard 1\/5 broke off after \d+ of its \d+ cases; to delete leftovers: .*? (sweep .*)/.exec(err) ?? [];
  expect(command, err).not.toBe("");
  const swept = await runAssay(...command.split(" "));
  expect(swept.code, swept.out + swept.err).toBe(0);
  expect(readLedgers(outOf("killed")).map(({ openEntries }) => openEntries.size)).toEqual([0]);
  expect(emulator.state()).toEqual(initialState);
});
