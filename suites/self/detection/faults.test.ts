/** Each fault of the emulator is detected by its family of cases; the emulator without faults fails no case. */
import { describe, expect, test } from "vitest";
import { families } from "../../../runner/cases/families/index.ts";
import { faultsOf } from "../../../runner/emulator/faults/index.ts";
import { specsOf } from "../../vitest.ts";
import { isDetected, isDetectedBy } from "./detection-matrix.ts";
import { runCases } from "./run-cases.ts";
import { selectedFamilies } from "./selected-families.ts";

const specs = specsOf();
const { named: faults } = faultsOf(specs.services);
/** One fault of each family is tested over HTTP, and the emulator without faults in suites/conformance; the verdicts are the same (in-process-transport.test.ts). */
const overHttp = new Set(families.flatMap((family) => faults.find((f) => f.family === family.id)?.id ?? []));
const familyIds = new Set(families.map((f) => f.id));

test("each family is named by a fault, and each fault names a family", () => {
  const namedFamilies = new Set(faults.map((f) => f.family));
  for (const family of familyIds) expect(namedFamilies, family).toContain(family);
  for (const family of namedFamilies) expect([...familyIds]).toContain(family);
});

describe("each fault is detected by its family, for the defect that it names", () => {
  test.each(faults.filter((f) => selectedFamilies.includes(f.family)))(
    "$id: $family",
    async ({ id, action, family, detects = `family:${family}` }) => {
      const actions = new Map([...specs.actions].filter(([a]) => a === action || a.startsWith(`${action}/`)));
      const { verdicts } = await runCases({
        select: [`**/${family}/**`],
        faults: [id],
        specs: { ...specs, actions },
        overHttp: overHttp.has(id),
        fakeClock: family === "signature" || !overHttp.has(id),
        // Cases that are evaluated at the same time as the first that fails would be for nothing.
        workers: 1,
        stopWhen: (v) => isDetectedBy(detects, v),
      });
      const failed = verdicts.filter(isDetected);
      expect(failed.map((v) => v.id).slice(0, 3), `of ${verdicts.length} cases`).not.toEqual([]);
      expect(
        failed.some((v) => isDetectedBy(detects, v)),
        `${detects}: ${JSON.stringify(failed[0])}`,
      ).toBe(true);
    },
  );
});

const isComplete = selectedFamilies.length === families.length;

// With seed 1 all cases are tested in suites/conformance.
test.each(isComplete ? [2, 3] : [2])(
  "the emulator without faults, seed %i: every case passed or observed, all resources deleted",
  async (seed) => {
    const select = isComplete ? [] : selectedFamilies.map((family) => `**/${family}/**`);
    const { verdicts, leftovers, extraResources } = await runCases({ select, seed, specs });
    const others = verdicts.filter((v) => v.status !== "passed" && v.status !== "observed");
    expect(others.map((v) => `${v.id} ${v.status} ${v.reason}`)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(isComplete ? 6000 : 0);
    expect(leftovers).toBe(0);
    expect(extraResources).toBe(0);
  },
);
