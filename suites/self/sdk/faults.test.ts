/** The faithful driver passes every family; each fault of the reference driver is found by the family that claims it. */
import { describe, expect, test } from "vitest";
import { sdkChecks } from "../../../runner/sdk/checks/index.ts";
import { sdkFamilies } from "../../../runner/sdk/families/index.ts";
import { gateInProcess } from "./gate-in-process.ts";
import type { SdkFault } from "./reference-driver.ts";

const actions = [
  "tencent/iai/CreateGroup",
  "tencent/iai/GetPersonList",
  "tencent/iai/DeletePerson",
  "tencent/organization/CreateUser",
  "tencent/organization/ListGroups",
  "tencent/organization/RemoveUserFromGroup",
  "tencent/im/create_group",
  "tencent/im/account_delete",
  "tencent/im/get_role_in_group",
  "tencent/sts/GetCallerIdentity",
  "aws/rekognition/CreateCollection",
  "aws/rekognition/ListUsers",
  "aws/rekognition/DeleteUser",
];

/** One action of each service has the cases of depth standard, too. */
const firstOfService = actions.filter(
  (id, i) => actions.findIndex((other) => other.split("/", 2).join() === id.split("/", 2).join()) === i,
);

test.each([
  ["quick", actions],
  ["standard", [...firstOfService, "aws/rekognition/DeleteUser/sdk-tokens/**"]],
] as const)("the faithful driver fails no case of depth %s", async (depth, select) => {
  const { verdicts, footer } = await gateInProcess({ select, depth });
  const unexpected = verdicts.filter(
    ({ status, findings }) => findings.length > 0 || !["passed", "observed"].includes(status),
  );
  expect(unexpected.map(({ id, status, reason, findings }) => [id, status, reason, findings])).toEqual([]);
  expect(new Set(verdicts.map(({ family }) => family))).toEqual(new Set(sdkFamilies.map(({ id }) => `sdk-${id}`)));
  expect(footer.exit).toBe(0);
});

/** Fault, family that claims it, check that finds it, and the action whose cases show it. */
const table: readonly (readonly [SdkFault, string, string, string])[] = [
  ["sends-twice", "sends-valid", "one-request", "tencent/im/create_group"],
  ["sends-old-version", "sends-valid", "routing", "tencent/organization/CreateUser"],
  ["signs-other-host", "sends-valid", "signature", "aws/rekognition/CreateCollection"],
  ["adds-member", "sends-valid", "members", "tencent/iai/CreateGroup"],
  ["drops-empty-text", "sends-shapes", "members", "tencent/iai/CreateGroup"],
  ["drops-members-on-get", "sends-valid", "members", "tencent/iai/DeleteGroup"],
  ["plus-as-space", "sends-shapes", "members", "tencent/im/create_group"],
  ["swallows-errors", "codes", "code", "tencent/organization/CreateUser"],
  ["loses-code", "codes", "code", "aws/rekognition/DeleteUser"],
  ["loses-request-id", "codes", "request-id", "tencent/iai/CreateGroup"],
  ["rounds-integers", "sends-valid", "result", "tencent/iai/GetPersonList"],
  ["charset-hides-errors", "variants", "code", "tencent/iai/CreateGroup"],
  ["reads-cut-bodies", "broken", "result", "aws/rekognition/CreateCollection"],
  ["reads-html", "broken", "result", "tencent/organization/CreateUser"],
  ["never-settles", "broken", "in-time", "tencent/im/account_delete"],
  ["ignores-timeout", "silence", "in-time", "aws/rekognition/CreateCollection"],
  ["retries-creates", "retries", "repeated-call", "aws/rekognition/CreateCollection"],
  ["repeats-token", "tokens", "token", "aws/rekognition/CreateUser"],
  ["renews-token", "tokens", "token", "aws/rekognition/CreateUser"],
  ["replaces-token", "tokens", "token", "aws/rekognition/DeleteUser"],
];

describe("a fault is found by the family that claims it:", () => {
  test.each(table)("%s by %s with the check %s", async (fault, family, check, action) => {
    const { verdicts, footer } = await gateInProcess({ faults: [fault], select: [`${action}/sdk-${family}/**`] });
    const failed = verdicts.filter(({ status }) => status === "failed");
    expect(new Set(failed.flatMap(({ findings }) => findings.map((finding) => finding.check)))).toEqual(
      new Set([check]),
    );
    expect(footer.exit).toBe(1);
  });
});

test("a token that the SDK does not fill in is a warning", async () => {
  const select = ["aws/rekognition/DeleteUser/sdk-tokens/ClientRequestToken/absent"];
  const { verdicts } = await gateInProcess({ faults: ["omits-token"], select });
  expect(verdicts.map(({ status, findings }) => [status, findings])).toEqual([
    [
      "passed",
      [{ check: "token", level: "should", location: "/ClientRequestToken", expected: "filled in", actual: "absent" }],
    ],
  ]);
});

test("every family and every check finds a fault", () => {
  expect([...new Set(table.map(([, family]) => family))].sort()).toEqual(sdkFamilies.map(({ id }) => id).sort());
  expect([...new Set(table.map(([, , check]) => check))].sort()).toEqual(sdkChecks.map(({ id }) => id).sort());
});
