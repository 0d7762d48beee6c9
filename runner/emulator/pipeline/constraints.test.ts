/** Keywords, values in conflict, types and nested schemas. */
import { describe, expect, it } from "vitest";
import type { Json, Schema, SpecConflict } from "../../model/index.ts";
import { mayBeAccepted } from "../conflicts.ts";
import { coerce } from "./coerce.ts";
import { keywordTests } from "./keyword-tests.ts";
import { minimalValue } from "./minimal-output.ts";
import { compileNested } from "./nested-schemas.ts";
import { hasType } from "./types.ts";

const schema = (s: object) => s as Schema;
const brokenKeywords = (s: object, value: Json, wholeValue = true): string[] =>
  keywordTests(schema(s), wholeValue)
    .filter((k) => !k.holds(value))
    .map((k) => k.keyword);

describe("keywords", () => {
  it("count lengths in code points or UTF-16 units, whichever holds, and bytes in UTF-8", () => {
    expect(brokenKeywords({ minLength: 2 }, "\u{20000}")).toEqual([]);
    expect(brokenKeywords({ minLength: 2 }, "中")).toEqual(["minLength"]);
    expect(brokenKeywords({ maxLength: 2 }, "\u{20000}\u{20000}")).toEqual([]);
    expect(brokenKeywords({ maxLength: 2 }, "abc")).toEqual(["maxLength"]);
    expect(brokenKeywords({ "x-maxBytes": 6 }, "中中")).toEqual([]);
    expect(brokenKeywords({ "x-maxBytes": 5 }, "中中")).toEqual(["x-maxBytes"]);
  });
  it("match a pattern with the whole value unless it may match anywhere", () => {
    expect(brokenKeywords({ pattern: "a|b" }, "ab")).toEqual(["pattern"]);
    expect(brokenKeywords({ pattern: "a|b" }, "xay", false)).toEqual([]);
    expect(brokenKeywords({ pattern: "[a-z]+" }, "a\n")).toEqual(["pattern"]);
  });
  it("are tested in the order size, pattern, choice", () => {
    expect(brokenKeywords({ enum: ["a"], pattern: "a", maxLength: 1 }, "bb")).toEqual(["maxLength", "pattern", "enum"]);
  });
  it("find repeated items of any type", () => {
    expect(brokenKeywords({ uniqueItems: true }, [{ a: 1 }, { a: 1 }])).toEqual(["uniqueItems"]);
    expect(brokenKeywords({ uniqueItems: true, maxItems: 2 }, ["a", "b"])).toEqual([]);
  });
});

describe("values in conflict", () => {
  const acceptance = (conflict: Omit<SpecConflict, "description" | "source">, s: object) => {
    const [keyword] = keywordTests(schema(s), true);
    return keyword && mayBeAccepted([{ ...conflict, description: "", source: {} }], keyword);
  };
  it("may be accepted where only characters in conflict break the pattern", () => {
    const isAcceptable = acceptance({ constraint: "pattern", chars: "[ #]" }, { pattern: "[a-z]+" });
    expect(["a b", " ", "#1 a", "a!b", "a !"].map((v) => isAcceptable?.(v))).toEqual([true, true, false, false, false]);
  });
  it("may be accepted within a range in conflict", () => {
    const isAcceptable = acceptance({ constraint: "maxItems", items: [2, 3] }, { maxItems: 1 });
    expect(
      [
        ["a", "b"],
        ["a", "b", "c", "d"],
      ].map((v) => isAcceptable?.(v)),
    ).toEqual([true, false]);
  });
});

describe("types", () => {
  it("are converted from the text of a query", () => {
    const s = schema({
      type: "array",
      items: { type: "object", properties: { n: { type: "integer" }, on: { type: "boolean" } } },
    });
    expect(
      coerce(s, [
        { n: "1", on: "True" },
        { n: "x", on: "" },
      ]),
    ).toEqual([
      { n: 1, on: true },
      { n: "x", on: "" },
    ]);
  });
  it("distinguish integers from numbers and null from objects", () => {
    expect(hasType(schema({ type: "integer" }), 1.5)).toBe(false);
    expect(hasType(schema({ type: "object" }), null)).toBe(false);
    expect(hasType(schema({ type: ["string", "null"] }), null)).toBe(true);
  });
  it("are validated in the objects of a list", () => {
    const item = {
      type: "object",
      required: ["a"],
      properties: { a: { type: "string", "x-maxBytes": 2, pattern: "x+" } },
    };
    const validate = compileNested(schema({ type: "array", maxItems: 1, items: item }), []);
    const holds = [[{ a: "xx" }, { a: "x" }], [{}], [{ a: "xxx" }], [{ a: "yx" }]].map((v) => validate?.(v));
    expect(holds).toEqual([true, false, false, false]);
    expect(compileNested(schema({ type: "array", items: item }), ["[].a"])).toBeUndefined();
  });
  it("need no validator where the keyword tests check everything", () => {
    expect(
      compileNested(schema({ type: "array", maxItems: 5, items: { type: "string", maxLength: 3 } }), []),
    ).toBeUndefined();
  });
});

it("the minimal output has only the required members", () => {
  const output = {
    type: "object",
    required: ["n", "list"],
    properties: {
      n: { type: "integer", minimum: 3 },
      list: { type: "array", minItems: 1, items: { type: "string", enum: ["a"] } },
      x: {},
    },
  };
  expect(minimalValue(schema(output))).toEqual({ n: 3, list: ["a"] });
});
