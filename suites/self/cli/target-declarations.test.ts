/** What a target says beforehand — unsupported actions, provided resources, known failures — and what then becomes of its cases. */
import { describe, expect, test } from "vitest";
import type { ServiceTarget, Target } from "../../../runner/model/index.ts";
import { specsOf } from "../../vitest.ts";
import { type RunCasesResult, runCases } from "../detection/run-cases.ts";

const specs = specsOf();

/** The emulator's target with a change for every service. */
const changed =
  (change: (service: ServiceTarget) => Partial<ServiceTarget>) =>
  (target: Target): Target => ({
    ...target,
    services: new Map([...target.services].map(([prefix, s]) => [prefix, { ...s, ...change(s) }])),
  });

function statuses({ verdicts }: RunCasesResult): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const v of verdicts) counts[v.status] = (counts[v.status] ?? 0) + 1;
  return counts;
}

test("a need that the target does not give: skipped, with the need for a reason", async () => {
  const target = changed(({ provided }) => ({ provided: { ...provided, "face-image": undefined as never } }));
  const judged = await runCases({ select: ["tencent/iai/CreatePerson/**"], specs, target });
  expect(Object.keys(statuses(judged))).toEqual(["skipped"]);
  expect(judged.verdicts[0]?.reason).toMatch(/face-image/);
});

test("an action that the target lacks: unimplemented with the target's own words, and not one call of it", async () => {
  const unsupported = { actions: { CreateGroup: "comes next year" }, bindings: {}, requirements: {} };
  const judged = await runCases({
    select: ["tencent/iai/CreateGroup/**"],
    specs,
    target: changed(() => ({ unsupported })),
  });
  expect(Object.keys(statuses(judged))).toEqual(["unimplemented"]);
  expect(judged.verdicts.every((v) => v.reason === "comes next year")).toBe(true);
});

test("a binding that the target lacks is skipped, the others are judged", async () => {
  const unsupported = { actions: {}, bindings: { "v1-get-sha1": "never was there" }, requirements: {} };
  const judged = await runCases({
    select: ["tencent/iai/GetGroupList/**"],
    specs,
    target: changed(() => ({ unsupported })),
  });
  expect(judged.verdicts.filter((v) => v.status === "skipped").every((v) => v.id.endsWith("@v1-get-sha1"))).toBe(true);
  expect(statuses(judged)["passed"]).toBeGreaterThan(20);
});

test("the wrong key: nothing passes and nothing is blamed on the target", async () => {
  const credentials = { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "wrong" };
  const judged = await runCases({ select: ["tencent/iai/**"], specs, target: changed(() => ({ credentials })) });
  expect(Object.keys(statuses(judged))).toEqual(["indeterminate"]);
});

describe("known failures", () => {
  const select = ["tencent/iai/CreateGroup/boundary/GroupId/*-ascii"];
  const entry = {
    case: "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii",
    check: "outcome",
    location: "/Response/Error/Code",
    expected: ["InvalidParameterValue.GroupIdTooLong"],
    actual: "success",
    reason: "one byte more",
  };

  test("the listed failure is known, not failed", async () => {
    const judged = await runCases({ select, specs, faults: ["group-id-one-byte-more"], known: [entry] });
    expect(statuses(judged)["failed"]).toBeUndefined();
    expect(statuses(judged)["known"]).toBeGreaterThan(0);
    expect(judged.stale).toEqual([]);
  });

  test("once it passes, the entry is stale", async () => {
    const judged = await runCases({ select, specs, known: [entry] });
    expect(judged.stale.join()).toMatch(/did not fail that way/);
  });

  test("a case without a verdict says nothing of the list", async () => {
    const credentials = { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "wrong" };
    const judged = await runCases({ select, specs, known: [entry], target: changed(() => ({ credentials })) });
    expect(Object.keys(statuses(judged))).toEqual(["indeterminate"]);
    expect(judged.stale).toEqual([]);
  });

  test("another failure of the same case is failed, and the entry is stale", async () => {
    const judged = await runCases({ select, specs, faults: ["code-in-no-table"], known: [entry] });
    expect(statuses(judged)["failed"]).toBeGreaterThan(0);
    expect(judged.stale).not.toEqual([]);
  });
});

test("what a wrong answer made is cleared away too", async () => {
  const { verdicts, left, held } = await runCases({
    select: ["tencent/iai/CreateGroup/boundary/**"],
    specs,
    faults: ["group-name-one-character-more"],
  });
  expect(verdicts.some((v) => v.status === "failed")).toBe(true);
  expect(left).toBe(0);
  expect(held).toBe(0);
});

test("two seeds send other values under the same ids", async () => {
  const select = ["tencent/iai/CreateGroup/valid/**"];
  const [a, b] = [await runCases({ select, specs, seed: 1 }), await runCases({ select, specs, seed: 2 })];
  expect(a.verdicts.map((v) => v.id).sort()).toEqual(b.verdicts.map((v) => v.id).sort());
});
