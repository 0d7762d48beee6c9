/** Cases that send the same call over two bindings: both send the same values, and a refused set-up call does not count as a response. */
import { expect, test } from "vitest";
import { NO_RESOURCES, prepareCall } from "../../../runner/cases/bind/bind.ts";
import { plan } from "../../../runner/cases/plan.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { specsOf } from "../../vitest.ts";
import { runCases } from "./run-cases.ts";

const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);

test("both calls send the same parameters, except for the id of the run", () => {
  const select = ["tencent/iai/CreatePerson/equivalence/**"];
  const cases = [...plan({ actions: specsOf().actions.values(), depth: "standard", select, isFlat: isFlat })];
  expect(cases.length).toBeGreaterThan(4);
  for (const c of cases) {
    const sent = (binding: string, token: string) =>
      JSON.stringify(prepareCall({ ...c, binding }, 1, token).bind(NO_RESOURCES)).replaceAll(token, "");
    expect(sent(c.equivalentTo ?? "", "t0ken0aaaaaaaa")).toBe(sent(c.binding, "t0ken0bbbbbbbb"));
  }
});

test("if a prerequisite cannot be created, no case passes", async () => {
  const select = ["tencent/iai/DeleteGroup/equivalence/GroupId/**"];
  const { verdicts } = await runCases({ select, variants: ["open-refused"] });
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.map((v) => v.status)).toEqual(verdicts.map(() => "observed"));
});
