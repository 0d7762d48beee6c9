/** Rules of the built-in specs: their ids, paths and values, the causes of error codes and their HTTP statuses. */
import { expect, test } from "vitest";
import { findErrorCode, statusesOf } from "./error-codes.ts";
import { loadSpecs } from "./load.ts";
import { builtInSpecs } from "./package-root.ts";
import { rulesOf } from "./rules.ts";

const specs = loadSpecs(builtInSpecs());
const action = (id: string) => {
  const loaded = specs.actions.get(id);
  if (!loaded) throw new Error(id);
  return loaded;
};

test("the rule of an empty value is minLength where the documented minimum is 1, else empty", () => {
  const rules = rulesOf(action("tencent/iai/CreateGroup")).filter((r) => r.path === "GroupName");
  expect(rules.map((r) => r.breach)).toContain("minLength");
  expect(rules.map((r) => r.breach)).not.toContain("empty");
  expect(rules.find((r) => r.breach === "minLength")?.value).toBe(1);
  const other = rulesOf(action("tencent/iai/CreateGroup")).filter((r) => r.path === "GroupId");
  expect(other.map((r) => r.breach)).toContain("empty");
});

test("a rule of list items has the path P[] and the id segment P.items", () => {
  const rule = rulesOf(action("tencent/iai/CreateGroup")).find(
    (r) => r.path === "GroupExDescriptions[]" && r.breach === "maxLength",
  );
  expect(rule).toMatchObject({
    id: "tencent/iai/CreateGroup/rule/GroupExDescriptions.items/maxLength",
    value: 30,
    level: "must",
  });
});

test("the rule of a situation that succeeds has the codes `success`", () => {
  const rule = rulesOf(action("tencent/im/delete_group_member")).find((r) => r.breach === "not-a-member");
  expect(rule?.codes).toBe("success");
});

test("rule ids are unique", () => {
  const ids = [...specs.actions.values()].flatMap(rulesOf).map((r) => r.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("causes are derived from the action's own rules; a code of another action keeps the cause elsewhere", () => {
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

test("the statuses of a code are those of its row, else those of the envelope", () => {
  const user = action("aws/rekognition/DeleteUser");
  expect(statusesOf(user, "ThrottlingException")).toContain(500);
  expect(statusesOf(user, "ResourceNotFoundException")).toEqual([400]);
  expect(statusesOf(action("tencent/iai/CreateGroup"), "MissingParameter")).toEqual([200]);
  expect(findErrorCode(user, "NoSuchCodeException")).toBeUndefined();
});
