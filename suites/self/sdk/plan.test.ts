/** The cases of the gate: unique ids, skipped cases for what a driver does not have, and interrupted runs. */
import { expect, test } from "vitest";
import { planSdk } from "../../../runner/sdk/plan.ts";
import { gateInProcess, specs } from "./gate-in-process.ts";

const actions = () => specs.actions.values();

test("no two cases have the same id, and every binding of every action is exercised", () => {
  const cases = [...planSdk({ actions: actions(), depth: "exhaustive", select: [] })];
  const ids = new Set(cases.map(({ id }) => id));
  expect(ids.size).toBe(cases.length);
  for (const action of actions())
    for (const binding of action.service.bindings)
      for (const family of ["sdk-sends-valid/valid/call/minimal", "sdk-broken/body/html"])
        expect(ids).toContain(`${action.id}/${family}@${binding}`);
});

test("a smaller depth has some of the cases of a larger one", () => {
  const idsOf = (depth: "quick" | "standard" | "exhaustive") =>
    new Set([...planSdk({ actions: actions(), depth, select: [] })].map(({ id }) => id));
  const [quick, standard, exhaustive] = [idsOf("quick"), idsOf("standard"), idsOf("exhaustive")];
  expect([...quick].filter((id) => !standard.has(id))).toEqual([]);
  expect([...standard].filter((id) => !exhaustive.has(id))).toEqual([]);
  expect(quick.size).toBeLessThan(standard.size);
});

const select = ["tencent/sts/GetCallerIdentity/sdk-sends-valid/**", "tencent/iai/DeleteGroup/sdk-sends-valid/valid/**"];

test("what the driver does not have is skipped with a reason, and what it has decides the exit code", async () => {
  const hello = { actions: ["tencent/iai/CreateGroup", "tencent/sts/*"], bindings: ["tc3-post"] };
  const { verdicts, footer } = await gateInProcess({ hello, select });
  const reasons = new Set(verdicts.map(({ status, reason }) => `${status}: ${reason}`));
  expect(reasons).toEqual(
    new Set([
      "passed: ",
      "skipped: the driver does not have the action tencent/iai/DeleteGroup",
      ...(specs.services
        .get("tencent/sts")
        ?.bindings.slice(1)
        .map((b) => `skipped: the driver does not have the binding ${b}`) ?? []),
    ]),
  );
  expect(footer.exit).toBe(0);
});

test("a run in which nothing is exercised is no pass", async () => {
  const { verdicts, footer } = await gateInProcess({ hello: { bindings: ["awsjson11"] }, select });
  expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(["skipped"]));
  expect(footer.exit).toBe(3);
});

test("without timeouts the family silence is skipped", async () => {
  const { verdicts } = await gateInProcess({ hello: { can: [] }, select: ["tencent/sts/*/sdk-silence/**"] });
  expect(verdicts.map(({ status, reason }) => `${status}: ${reason}`)).toEqual(
    Array.from({ length: 2 }, () => 'skipped: the driver cannot set timeout: "can" of its hello does not have it'),
  );
});

test("an interrupted run has a verdict for every case and exit code 130", async () => {
  const { verdicts, footer } = await gateInProcess({
    interruptAfter: 1,
    select: ["tencent/iai/DeleteGroup/sdk-codes/**"],
  });
  const [first, ...others] = verdicts;
  expect(first?.status).toBe("passed");
  expect(others.length).toBeGreaterThan(0);
  expect(new Set(others.map(({ status, reason }) => `${status}: ${reason}`))).toEqual(
    new Set(["indeterminate: the run was interrupted"]),
  );
  expect([footer.exit, footer.planned]).toEqual([130, verdicts.length]);
});
