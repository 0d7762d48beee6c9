/** Paths of places: their steps, and the schema at them. */
import { expect, test } from "vitest";
import type { PlaceStep, Schema } from "../../model/index.ts";
import { firstSteps, parentPath, pathOf, pathSteps, schemaAtPath } from "./paths.ts";

test.each<[path: string, steps: PlaceStep[], parent: string]>([
  ["", [], ""],
  ["[]", [0], ""],
  [".Key", ["Key"], ""],
  ["[].Key", [0, "Key"], "[]"],
  [".A.B[][]", ["A", "B", 0, 0], ".A.B[]"],
  ["{}.On", [{ firstEntry: "value" }, "On"], "{}"],
  [".Map{key}", ["Map", { firstEntry: "key" }], ".Map"],
])("%j", (path, steps, parent) => {
  expect(firstSteps(path)).toEqual(steps);
  expect(pathOf(steps)).toBe(path);
  expect(parentPath(path)).toBe(parent);
});

test.each(["Key", "[0]", "[", ".", "{name}", ".A..B"])("%j is no path", (path) => {
  expect(pathSteps(path)).toBeUndefined();
});

const schema = {
  type: "array",
  items: {
    type: "object",
    properties: { Map: { type: "object", propertyNames: { maxLength: 3 }, additionalProperties: { type: "integer" } } },
  },
} as unknown as Schema;

test.each<[string, unknown]>([
  ["[].Map{}", { type: "integer" }],
  ["[].Map{key}", { type: "string", maxLength: 3 }],
  ["[].Other", undefined],
  ["{}", undefined],
  [".Map", undefined],
])("the schema at %s", (path, expected) => {
  expect(schemaAtPath(schema, path)).toEqual(expected);
});
