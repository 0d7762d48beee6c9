/** Each broken emulator is caught by the family that claims it, and the healthy one by nobody. */
import { describe, expect, test } from "vitest";
import { families } from "../../../runner/cases/families/index.ts";
import { faults } from "../../../runner/emulator/faults/index.ts";
import { specsOf } from "../../vitest.ts";
import { isDetectedBy } from "./detection-matrix.ts";
import { runCases } from "./run-cases.ts";

const specs = specsOf();
const here = new Set(families.map((f) => f.id));

test("each family that is here is claimed by a fault", () => {
  const claimed = new Set(faults.map((f) => f.family));
  for (const family of here) expect(claimed, family).toContain(family);
  for (const family of claimed) expect([...here]).toContain(family);
});

describe("each fault is caught by the family that claims it, for what it claims to break", () => {
  test.each(faults)("$id: $family", async ({ id, action, family, detects = `family:${family}` }) => {
    const actions = new Map([...specs.actions].filter(([a]) => a === action || a.startsWith(`${action}/`)));
    const { verdicts } = await runCases({
      select: [`**/${family}/**`],
      faults: [id],
      specs: { ...specs, actions },
      fakeClock: family === "signature",
      stopWhen: (v) => isDetectedBy(detects, v),
    });
    const caught = verdicts.filter((v) => v.status === "failed");
    expect(caught.map((v) => v.id).slice(0, 3), `of ${verdicts.length} cases`).not.toEqual([]);
    expect(
      caught.some((v) => isDetectedBy(detects, v)),
      `${detects}: ${JSON.stringify(caught[0])}`,
    ).toBe(true);
  });
});

test.each([1, 2, 3])("the healthy emulator, seed %i: nothing failed, nothing open, nothing left", async (seed) => {
  const { verdicts, left, held } = await runCases({ select: [], seed, specs });
  const open = verdicts.filter((v) => v.status !== "passed" && v.status !== "observed");
  expect(open.map((v) => `${v.id} ${v.status} ${v.reason}`)).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(6000);
  expect(left).toBe(0);
  expect(held).toBe(0);
});
