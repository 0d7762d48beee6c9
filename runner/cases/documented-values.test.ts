/** Which documented values cases compare. */
import { expect, test } from "vitest";
import type { Action } from "../model/index.ts";
import { loadSpecs } from "../spec/load.ts";
import { builtInSpecs } from "../spec/package-root.ts";
import { documentedValues } from "./documented-values.ts";

const { actions } = loadSpecs(builtInSpecs());
const uncovered = (id: string): string[] =>
  documentedValues(actions.get(id) as Action)
    .filter(({ notCoveredReason }) => notCoveredReason !== undefined)
    .map(({ id: value }) => value.slice(id.length + 1));

test("fields of entries and totals are compared, and so are page sizes by default", () => {
  expect(uncovered("tencent/iai/GetGroupList")).toEqual([]);
});

test("fields of a created resource that `returnsResource` does not name are not", () => {
  expect(uncovered("tencent/organization/CreateGroup")).toEqual(["value/GroupInfo.IsSelected"]);
  expect(uncovered("aws/rekognition/CreateCollection")).toEqual(["value/FaceModelVersion"]);
});

test("a default without an effect that a call shows is not", () => {
  expect(uncovered("tencent/im/delete_group_member")).toContain("default/Silence");
});

test("each action and each field has a row of its own", () => {
  for (const action of actions.values()) {
    const ids = documentedValues(action).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
