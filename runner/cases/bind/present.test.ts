/** A place in a valid value: what is on the way to it is added, and only the value there changes. */
import { expect, test } from "vitest";
import type { Json, Parameter, PlaceStep, Schema } from "../../model/index.ts";
import { firstSteps } from "../../spec/places/paths.ts";
import { valueContext } from "../../values/valid-value.ts";
import { withChange, withPlace } from "./present.ts";

const number = { type: "integer", minimum: 3, maximum: 3 } as const;
const parameterOf = (schema: object) =>
  ({ name: "P", schema: schema as Schema, anchored: true, places: [], conflicts: [] }) as unknown as Parameter;
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });

test.each<[string, object, Json, string, Json]>([
  ["a member that exists", object({ A: number }), { A: 3 }, ".A", { A: 3 }],
  ["an optional member", object({ A: number }), {}, ".A", { A: 3 }],
  [
    "a member of an optional member, which gets what it requires",
    object({ A: object({ B: number, C: number }, { required: ["C"] }) }),
    {},
    ".A.B",
    { A: { C: 3, B: 3 } },
  ],
  ["an item of an empty list", { type: "array", items: number }, [], "[]", [3]],
  [
    "a value of an empty map",
    { type: "object", additionalProperties: number, propertyNames: { enum: ["k"] } },
    {},
    "{}",
    { k: 3 },
  ],
  [
    "the other one of exactly one member",
    object({ A: number, B: number, C: number }, { required: ["C"], oneOf: [{ required: ["A"] }, { required: ["B"] }] }),
    { A: 3, C: 3 },
    ".B",
    { C: 3, B: 3 },
  ],
])("%s", (_, schema, value, path, expected) => {
  expect(withPlace(parameterOf(schema), value, firstSteps(path), valueContext(1, 1, ""))).toEqual(expected);
});

test.each<[string, object, Json, readonly PlaceStep[], Json | undefined, Json]>([
  ["a member", object({ A: number }), { A: 3, B: 4 }, ["A"], 5, { A: 5, B: 4 }],
  ["a member that is removed", object({ A: number }), { A: 3, B: 4 }, ["A"], undefined, { B: 4 }],
  ["a member of the second item", {}, [{ A: 3 }, { A: 4 }], [1, "A"], 5, [{ A: 3 }, { A: 5 }]],
  ["the first value of a map", {}, { a: 3, b: 4 }, [{ firstEntry: "value" }], 5, { a: 5, b: 4 }],
  ["the first key of a map", {}, { a: 3, b: 4 }, [{ firstEntry: "key" }], "c", { c: 3, b: 4 }],
  [
    "an item whose key another one has, which is left out",
    { type: "array", "x-uniqueBy": "A", items: object({ A: number }) },
    [{ A: 3 }, { A: 4 }, { A: 5 }],
    [0, "A"],
    5,
    [{ A: 5 }, { A: 4 }],
  ],
])("changes %s", (_, schema, value, steps, changed, expected) => {
  expect(withChange(schema as Schema, value, steps, () => changed)).toEqual(expected);
});
