/** Two runs use one account at the same time: lists have entries of the other run, come and go, and no case of either fails. */
import { afterAll, expect, test } from "vitest";
import { specsOf, startEmulator } from "../../vitest.ts";
import { runCases } from "./run-cases.ts";

const emulator = await startEmulator({ specs: specsOf(), faults: [], variants: [], now: Date.now });
afterAll(() => emulator.close());

test("a list with entries of another run fails no case", async () => {
  const run = (seed: number, select: readonly string[]) => runCases({ select, seed, endpoint: emulator.url });
  const lists = ["*/*/*/listing/**", "*/*/List*/valid/**", "*/*/Get*/valid/**", "*/*/Describe*/valid/**"];
  const changes = ["*/*/Create*/valid/**", "*/*/Delete*/valid/**", "*/*/AddUserToGroup/valid/**", "*/*/*/listing/**"];
  const runs = await Promise.all([run(1, lists), run(2, changes)]);
  for (const { verdicts } of runs) {
    expect(verdicts.length).toBeGreaterThan(50);
    const others = verdicts.filter((v) => v.status !== "passed" && v.status !== "observed");
    expect(others.map((v) => `${v.id} ${v.status} ${v.reason} ${JSON.stringify(v.findings)}`)).toEqual([]);
  }
});
