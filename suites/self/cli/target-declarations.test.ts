/** Declarations of a target (unsupported actions and bindings, provided resources, known failures) and the statuses of the affected cases. */
import { describe, expect, test } from "vitest";
import type { ServiceTarget, Target } from "../../../runner/model/index.ts";
import { specsOf } from "../../vitest.ts";
import { type RunCasesResult, runCases } from "../detection/run-cases.ts";

const specs = specsOf();

/** Changes every service of the emulator's target. */
const changeServices =
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

test("a required resource that the target does not provide: skipped, and the reason names the resource", async () => {
  const target = changeServices(({ provided }) => ({ provided: { ...provided, "face-image": undefined as never } }));
  const result = await runCases({ select: ["tencent/iai/CreatePerson/**"], specs, target });
  expect(Object.keys(statuses(result))).toEqual(["skipped"]);
  expect(result.verdicts[0]?.reason).toMatch(/face-image/);
});

test("an unsupported action: unimplemented, with the reason of the target file", async () => {
  const unsupported = { actions: { CreateGroup: "comes next year" }, bindings: {}, requirements: {} };
  const result = await runCases({
    select: ["tencent/iai/CreateGroup/**"],
    specs,
    target: changeServices(() => ({ unsupported })),
  });
  expect(Object.keys(statuses(result))).toEqual(["unimplemented"]);
  expect(result.verdicts.every((v) => v.reason === "comes next year")).toBe(true);
});

test("cases of an unsupported binding are skipped, those of other bindings are evaluated", async () => {
  const unsupported = { actions: {}, bindings: { "v1-get-sha1": "not supported" }, requirements: {} };
  const result = await runCases({
    select: ["tencent/iai/GetGroupList/**"],
    specs,
    target: changeServices(() => ({ unsupported })),
  });
  expect(result.verdicts.filter((v) => v.status === "skipped").every((v) => v.id.endsWith("@v1-get-sha1"))).toBe(true);
  expect(statuses(result)["passed"]).toBeGreaterThan(20);
});

test("a wrong key: every case is indeterminate, none passed or failed", async () => {
  const credentials = { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "wrong" };
  const result = await runCases({ select: ["tencent/iai/**"], specs, target: changeServices(() => ({ credentials })) });
  expect(Object.keys(statuses(result))).toEqual(["indeterminate"]);
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

  test("a listed failure is known, not failed", async () => {
    const result = await runCases({ select, specs, faults: ["group-id-one-byte-more"], known: [entry] });
    expect(statuses(result)["failed"]).toBeUndefined();
    expect(statuses(result)["known"]).toBeGreaterThan(0);
    expect(result.staleKnownFailures).toEqual([]);
  });

  test("an entry whose case passes is stale", async () => {
    const result = await runCases({ select, specs, known: [entry] });
    expect(result.staleKnownFailures.join()).toMatch(/did not fail that way/);
  });

  test("an entry whose case is indeterminate is not stale", async () => {
    const credentials = { id: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key: "wrong" };
    const result = await runCases({ select, specs, known: [entry], target: changeServices(() => ({ credentials })) });
    expect(Object.keys(statuses(result))).toEqual(["indeterminate"]);
    expect(result.staleKnownFailures).toEqual([]);
  });

  test("a case with another failure is failed, and the entry is stale", async () => {
    const result = await runCases({ select, specs, faults: ["code-in-no-table"], known: [entry] });
    expect(statuses(result)["failed"]).toBeGreaterThan(0);
    expect(result.staleKnownFailures).not.toEqual([]);
  });
});

test("a resource created by a call that should have been refused is deleted too", async () => {
  const { verdicts, leftovers, extraResources } = await runCases({
    select: ["tencent/iai/CreateGroup/boundary/**"],
    specs,
    faults: ["group-name-one-character-more"],
  });
  expect(verdicts.some((v) => v.status === "failed")).toBe(true);
  expect(leftovers).toBe(0);
  expect(extraResources).toBe(0);
});

test("two seeds have the same case ids", async () => {
  const select = ["tencent/iai/CreateGroup/valid/**"];
  const [a, b] = [await runCases({ select, specs, seed: 1 }), await runCases({ select, specs, seed: 2 })];
  expect(a.verdicts.map((v) => v.id).sort()).toEqual(b.verdicts.map((v) => v.id).sort());
});
