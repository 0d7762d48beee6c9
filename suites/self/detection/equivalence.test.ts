/** The same call over two bindings: the same values in both, and a set-up that was refused is no answer to either. */
import { expect, test } from "vitest";
import { bindMembers } from "../../../runner/cases/bind/bind.ts";
import { plan } from "../../../runner/cases/plan.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { specsOf } from "../../vitest.ts";
import { runCases } from "./run-cases.ts";

const flat = (binding: string) => protocolOf(binding).isFlat(binding);

test("both calls send the same, but for the run's id", () => {
  const select = ["tencent/iai/CreatePerson/equivalence/**"];
  const cases = [...plan({ actions: specsOf().actions.values(), depth: "standard", select, isFlat: flat })];
  expect(cases.length).toBeGreaterThan(4);
  for (const c of cases) {
    const sent = (binding: string, token: string) => {
      const around = { seed: 1, token, values: {}, taken: {}, fill: () => undefined };
      return JSON.stringify(bindMembers({ ...c, binding }, around, new Map())).replaceAll(token, "");
    };
    expect(sent(c.equivalentTo ?? "", "t0ken0aaaaaaaa")).toBe(sent(c.binding, "t0ken0bbbbbbbb"));
  }
});

test("where what it needs cannot be made, nothing is equal and nothing passes", async () => {
  const select = ["tencent/iai/DeleteGroup/equivalence/GroupId/**"];
  const { verdicts } = await runCases({ select, variants: ["open-refused"] });
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.map((v) => v.status)).toEqual(verdicts.map(() => "observed"));
});
