/** The subject of an observation: the rule, or the family and place where no rule applies. */
import { expect, test } from "vitest";
import { plan } from "../../cases/plan.ts";
import type { Case } from "../../model/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { resultWithoutResponse } from "./result.ts";
import { toVerdict } from "./verdict.ts";

const { actions } = loadSpecs(builtInSpecs());
const cases = [
  ...plan({
    actions: actions.values(),
    depth: "standard",
    select: ["tencent/iai/CreateGroup/boundary/**", "tencent/iai/CreateGroup/sample/**"],
    isFlat: () => false,
  }),
];
const caseOf = (part: string): Case => {
  const found = cases.find(({ id }) => id.includes(`/${part}`));
  if (found === undefined) throw new Error(`no case ${part}`);
  return found;
};

test.each<[string, Partial<Case>, string]>([
  ["boundary/GroupId/65-bytes-ascii@", {}, "rule/GroupId/x-maxBytes"],
  ["boundary/GroupId/65-bytes-ascii@", { rule: null }, "boundary/GroupId"],
  ["sample/1@", { rule: null }, "sample/1"],
  ["sample/2@", { rule: null }, "sample/2"],
])("%s with %o: %s", (part, more, subject) => {
  const planned = { ...caseOf(part), ...more };
  const input = { planned, planIndex: 0, durationMs: 0, exchanges: null };
  expect(toVerdict({ ...input, status: "observed", result: resultWithoutResponse("observed", "") }).subject).toBe(
    subject,
  );
  expect(toVerdict({ ...input, status: "passed", result: resultWithoutResponse("passed", "") })).not.toHaveProperty(
    "subject",
  );
});
