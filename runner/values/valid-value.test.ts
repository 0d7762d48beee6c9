/** Valid values: the items of a list differ, and so do values with different tokens, whatever characters are allowed. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Parameter, Schema } from "../model/index.ts";
import { validItem, validValue, valueContext } from "./valid-value.ts";

const parameterOf = (schema: Schema): Parameter =>
  ({ name: "P", schema, anchored: true, conflicts: [], refusals: new Map() }) as unknown as Parameter;

describe.each(["[a-z]+", "[0-9]+", "[a-z0-9]+", "[ab]+", "[0-9a-f-]+"])("values of the characters %s", (pattern) => {
  const items = { type: "string", minLength: 1, maxLength: 12, pattern } as Schema;
  const list = parameterOf({ type: "array", items, uniqueItems: true } as Schema);
  const isValid = new RegExp(`^(?:${pattern})$`);

  test("the items of a list differ", () => {
    for (let seed = 0; seed < 200; seed++) {
      const context = valueContext(seed % 5, seed, "");
      const texts = Array.from({ length: 30 }, (_, i) => String(validItem(list, context, i)));
      expect(texts.filter((text) => !isValid.test(text) || text.length > 12)).toEqual([]);
      expect(new Set(texts).size).toBe(30);
    }
  });

  test("values with different tokens differ", () => {
    const text = parameterOf({ ...items, maxLength: 40 } as Schema);
    const values = Array.from({ length: 36 }, (_, n) =>
      String(validValue(text, valueContext(1, 1, `x${n.toString(36)}`))),
    );
    expect(values.filter((value) => !isValid.test(value))).toEqual([]);
    expect(new Set(values).size).toBe(36);
  });
});

test("a token is dropped where none of its characters is allowed", () => {
  const text = parameterOf({ type: "string", maxLength: 12, pattern: "[A-Z]+" } as Schema);
  expect(validValue(text, valueContext(1, 1, "token"))).toMatch(/^[A-Z]+$/);
});

const text = { type: "string", minLength: 3, maxLength: 5 };

test.each<object>([
  { type: "object", minProperties: 3, additionalProperties: text },
  {
    type: "object",
    minProperties: 2,
    propertyNames: { maxLength: 2, pattern: "^[a-z]+$" },
    additionalProperties: text,
  },
  { type: "object", maxProperties: 1, properties: { A: text, B: text } },
  { type: "object", minProperties: 2, required: ["A"], properties: { A: text, B: text } },
  { type: "object", properties: { A: text, B: text }, not: { required: ["A", "B"] } },
  { type: "object", properties: { A: text, B: text }, oneOf: [{ required: ["A"] }, { required: ["B"] }] },
  { type: "object", properties: { A: text, B: text, C: text }, dependentRequired: { A: ["D"] } },
  { type: "object", required: ["List"], properties: { List: { type: "array", items: { type: "integer" } } } },
  { type: "array", items: { enum: ["a", "b"] }, uniqueItems: true },
  { type: "array", minItems: 4, items: { type: "array", items: text } },
  { type: "integer", minimum: 5, multipleOf: 7 },
  { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
  { type: "integer", maximum: -5 },
  { type: "integer", exclusiveMaximum: -5 },
  { type: "string", pattern: "^[a-z]{2}-[a-z]{1,9}$", maxLength: 6 },
  { type: "string", anyOf: [{ pattern: "^a+$" }, { const: "b" }] },
  { type: "array", items: { type: "integer", maximum: 3 }, not: { contains: { const: 0 } } },
  { type: "null" },
])("the value keeps %j", (schema) => {
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const values = Array.from({ length: 50 }, (_, i) =>
    validValue(parameterOf(schema as Schema), valueContext(1, i, "")),
  );
  expect(values.filter((value) => !validate(value))).toEqual([]);
});

test.each([
  [0, 48],
  [0, 9],
  [0, 3],
  [70, 80],
])("base64 of %d to %d characters", (minLength, maxLength) => {
  const blob = parameterOf({ type: "string", contentEncoding: "base64", minLength, maxLength } as Schema);
  const value = String(validValue(blob, valueContext(1, 1, "token")));
  expect(Buffer.from(value, "base64").toString("base64")).toBe(value);
  expect(value.length).toBeGreaterThanOrEqual(minLength);
  expect(value.length).toBeLessThanOrEqual(maxLength);
});
