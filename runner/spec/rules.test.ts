/** Rules are computed from the spec: one for each sentence, an empty value under the least length that it breaks. */
import { expect, test } from "vitest";
import { findErrorCode, statusesOf } from "./error-codes.ts";
import { loadSpecs } from "./load.ts";
import { builtInSpecs } from "./package-root.ts";
import { rulesOf } from "./rules.ts";

const specs = loadSpecs(builtInSpecs());
const action = (id: string) => {
  const found = specs.actions.get(id);
  if (!found) throw new Error(id);
  return found;
};

test("an empty value breaks a documented least length of 1: one sentence, one rule", () => {
  const rules = rulesOf(action("tencent/iai/CreateGroup")).filter((r) => r.path === "GroupName");
  expect(rules.map((r) => r.breach)).toContain("minLength");
  expect(rules.map((r) => r.breach)).not.toContain("empty");
  expect(rules.find((r) => r.breach === "minLength")?.value).toBe(1);
  const other = rulesOf(action("tencent/iai/CreateGroup")).filter((r) => r.path === "GroupId");
  expect(other.map((r) => r.breach)).toContain("empty");
});

test("rules of items stand at P[], under the place P.items", () => {
  const rule = rulesOf(action("tencent/iai/CreateGroup")).find(
    (r) => r.path === "GroupExDescriptions[]" && r.breach === "maxLength",
  );
  expect(rule).toMatchObject({
    id: "tencent/iai/CreateGroup/rule/GroupExDescriptions.items/maxLength",
    value: 30,
    level: "must",
  });
});

test("a situation that succeeds says so", () => {
  const rule = rulesOf(action("tencent/im/delete_group_member")).find((r) => r.breach === "not-a-member");
  expect(rule?.codes).toBe("success");
});

test("ids of rules are there once", () => {
  const ids = [...specs.actions.values()].flatMap(rulesOf).map((r) => r.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a cause is derived from the action's own rules; what another action gets stays elsewhere", () => {
  const create = action("tencent/iai/CreateGroup").errors;
  expect(create.get("InvalidParameterValue.GroupIdTooLong")?.causes).toEqual(["request"]);
  expect(create.get("InvalidParameterValue.GroupIdAlreadyExist")?.causes).toEqual(["state"]);
  expect(create.get("FailedOperation.GroupPersonMapNotExist")).toMatchObject({
    causes: ["elsewhere"],
    raisedBy: "DeletePersonFromGroup",
  });
  expect(
    action("tencent/iai/DeletePersonFromGroup").errors.get("FailedOperation.GroupPersonMapNotExist")?.causes,
  ).toEqual(["state"]);
});

test("statuses: a code's own, else the envelope's", () => {
  const user = action("aws/rekognition/DeleteUser");
  expect(statusesOf(user, "ThrottlingException")).toContain(500);
  expect(statusesOf(user, "ResourceNotFoundException")).toEqual([400]);
  expect(statusesOf(action("tencent/iai/CreateGroup"), "MissingParameter")).toEqual([200]);
  expect(findErrorCode(user, "NoSuchCodeException")).toBeUndefined();
});
