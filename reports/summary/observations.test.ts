/** Observations are grouped by rule and reason, whatever the number of cases and the error messages. */
import { expect, test } from "vitest";
import { verdictOf } from "../testing/laws.ts";
import { createObservationCollector, mergeAcrossActions } from "./observations.ts";

const open = (n: number, actual: string, more: object = {}) =>
  verdictOf(n, "observed", {
    level: "may",
    rule: "p/s/Act/rule/Name/pattern",
    subject: "rule/Name/pattern",
    reason: "at odds",
    actual,
    ...more,
  });

test("counts success and each code by rule and by disputed element", () => {
  const observed = createObservationCollector();
  for (const verdict of [open(0, "success"), open(1, "A"), open(2, "A"), open(3, "B", { reason: "silent" })])
    observed.add(verdict);
  observed.add(verdictOf(4, "passed", { rule: "p/s/Act/rule/Name/pattern" }));
  expect(observed.all()).toEqual([
    {
      action: "p/s/Act",
      subject: "rule/Name/pattern",
      rule: "p/s/Act/rule/Name/pattern",
      reason: "at odds",
      actual: { success: 1, A: 2 },
      example: open(0, "success").id,
    },
    expect.objectContaining({ reason: "silent", actual: { B: 1 } }),
  ]);
});

test("an equal place and reason in several actions are one row", () => {
  const observed = createObservationCollector();
  for (const action of ["A", "B", "C"]) {
    const why = action === "C" ? "otherwise" : "at odds";
    observed.add(open(0, action === "B" ? "E" : "success", { action: `p/s/${action}`, reason: why }));
  }
  expect(mergeAcrossActions(observed.all())).toMatchObject([
    { action: "p/s/A", subject: "rule/Name/pattern", actions: 2, actual: { success: 1, E: 1 } },
    { action: "p/s/C", subject: "rule/Name/pattern", actions: 1, actual: { success: 1 } },
  ]);
});

test("the number of codes is bounded, whatever codes a target invents", () => {
  const observed = createObservationCollector();
  for (let n = 0; n < 1000; n++) observed.add(open(n, `Code${n}`));
  const [one] = observed.all();
  expect(Object.keys(one?.actual ?? {}).length).toBeLessThan(30);
  expect(Object.values(one?.actual ?? {}).reduce((a, b) => a + b, 0)).toBe(1000);
});
