/** References within a schema are replaced, and cut where a shape contains itself. */
import { expect, test } from "vitest";
import type { Schema } from "../../model/index.ts";
import { expandRefs } from "./expand-refs.ts";

const expanded = (schema: unknown): unknown => expandRefs(schema as Schema);

test("a schema without references is the same object", () => {
  const schema = { type: "string" } as Schema;
  expect(expandRefs(schema)).toBe(schema);
});

test("a shared shape, with keywords next to the reference", () => {
  const text = { type: "string", maxLength: 3 };
  const $ref = "#/$defs/Text";
  expect(
    expanded({ $defs: { Text: text }, type: "object", properties: { A: { $ref }, B: { $ref, minLength: 1 } } }),
  ).toEqual({ type: "object", properties: { A: text, B: { ...text, minLength: 1 } } });
});

test.each([
  ["the whole schema", { type: "array", items: { $ref: "#" } }],
  ["a named shape", { $ref: "#/$defs/List", $defs: { List: { type: "array", items: { $ref: "#/$defs/List" } } } }],
])("%s inside itself is followed twice", (_, schema) => {
  const list = (items: unknown) => ({ type: "array", items });
  expect(expanded(schema)).toEqual(list(list(list({ "x-cut": true }))));
});

test("a reference that leads nowhere stays", () => {
  expect(expanded({ type: "array", items: { $ref: "#/$defs/None" } })).toEqual({
    type: "array",
    items: { $ref: "#/$defs/None" },
  });
});
