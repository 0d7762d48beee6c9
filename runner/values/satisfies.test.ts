/** `satisfies` decides as ajv does, over the keywords that specs use. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { Json, Schema } from "../model/index.ts";
import { satisfies } from "./satisfies.ts";

const ajv = new Ajv2020({ strict: false, ownProperties: true, allowUnionTypes: true, multipleOfPrecision: 9 });
const text = { type: "string" };

const values: readonly Json[] = [
  ...[null, true, false, 0, 1, 2, 3, 4, 0.3, -1, "", "a", "ab", "abcd", "深", "𠀀𠀀", "A", [], ["a"], ["a", "a"]],
  ...[["a", "b"], ["a", "b", 3], [1, 2, 3], {}, { A: "a" }, { B: 1 }, { A: "a", B: 1 }, { A: 1 }, { x1: "a" }],
  ...[{ A: { B: "b" } }, { A: { B: 1 } }, { A: null }, { A: "a", C: "c" }, { hasOwnProperty: "a" }],
] as Json[];

test.each<object>([
  { type: "integer", minimum: 1, maximum: 3 },
  { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 4 },
  { type: "number", multipleOf: 0.1 },
  { type: "integer", multipleOf: 2 },
  { type: ["string", "null"], minLength: 1, maxLength: 2 },
  { type: "string", pattern: "^[a-z]+$" },
  { type: "string", enum: ["a", "ab"] },
  { const: { A: "a" } },
  { enum: [null, 1, ["a"]] },
  { type: "array", items: text, minItems: 1, maxItems: 2 },
  { type: "array", uniqueItems: true },
  { type: "array", prefixItems: [text, text], items: { type: "integer" } },
  { type: "array", contains: { const: "b" } },
  { type: "array", contains: { const: "a" }, maxContains: 1 },
  { type: "object", required: ["A"], properties: { A: text } },
  { type: "object", required: ["hasOwnProperty"] },
  { type: "object", properties: { A: text }, additionalProperties: false },
  { type: "object", patternProperties: { "^x": text }, additionalProperties: { type: "integer" } },
  { type: "object", propertyNames: { maxLength: 1 } },
  { type: "object", minProperties: 1, maxProperties: 1 },
  { type: "object", properties: { A: { type: "object", properties: { B: text } } } },
  { type: "object", not: { required: ["A", "B"] } },
  { type: "object", anyOf: [{ required: ["A"] }, { required: ["B"] }] },
  { type: "object", oneOf: [{ required: ["A"] }, { required: ["B"] }] },
  { type: "object", allOf: [{ required: ["A"] }, { minProperties: 2 }] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  { type: "object", if: { required: ["A"] }, then: { required: ["B"] }, else: { maxProperties: 1 } },
  { type: "object", dependentRequired: { A: ["B"] } },
  { type: "object", dependentSchemas: { A: { properties: { B: { type: "integer" } }, required: ["B"] } } },
  { not: { type: "string" } },
])("%j", (schema) => {
  const validate = ajv.compile(schema);
  const byAjv = values.filter((value) => validate(value));
  expect(values.filter((value) => satisfies(schema as Schema, value, false))).toEqual(byAjv);
  expect(byAjv.length, "a schema that decides").not.toBe(values.length);
});

test("keywords that ajv does not decide over: bytes, base64, and patterns that match the whole value", () => {
  expect(satisfies({ type: "string", "x-maxBytes": 3 }, "深")).toBe(true);
  expect(satisfies({ type: "string", "x-maxBytes": 2 }, "深")).toBe(false);
  expect(["YQ==", "YWI=", "YWJj", "", "YQ", "Y", "a-b="].filter((v) => satisfies(base64, v))).toHaveLength(4);
  expect(satisfies({ type: "string", pattern: "[a-z]" }, "ab")).toBe(false);
  expect(satisfies({ type: "string", pattern: "[a-z]" }, "ab", false)).toBe(true);
});

const base64 = { type: "string", contentEncoding: "base64" } as Schema;
