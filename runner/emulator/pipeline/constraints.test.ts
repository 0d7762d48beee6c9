/** Keywords, disputed values, types and shapes. */
import { describe, expect, it } from "vitest";
import type { Json, Schema, SpecConflict } from "../../model/index.ts";
import { mayBeAccepted } from "../conflicts.ts";
import { coerce } from "./coerce.ts";
import { keywordTests } from "./keyword-tests.ts";
import { minimalValue } from "./minimal-output.ts";
import { compileNested } from "./nested-schemas.ts";
import { hasType } from "./types.ts";

const schema = (s: object) => s as Schema;
const breaks = (s: object, value: Json, whole = true): string[] =>
  keywordTests(schema(s), whole)
    .filter((k) => !k.holds(value))
    .map((k) => k.keyword);

describe("keywords", () => {
  it("count characters as code points and bytes as UTF-8", () => {
    expect(breaks({ maxLength: 2 }, "\u{20000}\u{20000}")).toEqual([]);
    expect(breaks({ maxLength: 2 }, "abc")).toEqual(["maxLength"]);
    expect(breaks({ "x-maxBytes": 6 }, "中中")).toEqual([]);
    expect(breaks({ "x-maxBytes": 5 }, "中中")).toEqual(["x-maxBytes"]);
  });
  it("hold a pattern against the whole value unless it may stand anywhere", () => {
    expect(breaks({ pattern: "a|b" }, "ab")).toEqual(["pattern"]);
    expect(breaks({ pattern: "a|b" }, "xay", false)).toEqual([]);
    expect(breaks({ pattern: "[a-z]+" }, "a\n")).toEqual(["pattern"]);
  });
  it("put sizes before forms before choices", () => {
    expect(breaks({ enum: ["a"], pattern: "a", maxLength: 1 }, "bb")).toEqual(["maxLength", "pattern", "enum"]);
  });
  it("find repeats of any kind of item", () => {
    expect(breaks({ uniqueItems: true }, [{ a: 1 }, { a: 1 }])).toEqual(["uniqueItems"]);
    expect(breaks({ uniqueItems: true, maxItems: 2 }, ["a", "b"])).toEqual([]);
  });
});

describe("disputed values", () => {
  const source = {};
  const description = "";
  const at = (conflicts: SpecConflict[], s: object) => {
    const [keyword] = keywordTests(schema(s), true);
    return keyword && mayBeAccepted(conflicts, keyword);
  };
  it("are accepted where nothing but disputed characters breaks the pattern", () => {
    const disputed = at([{ constraint: "pattern", chars: "[ #]", description, source }], { pattern: "[a-z]+" });
    expect(["a b", " ", "#1 a", "a!b", "a !"].map((v) => disputed?.(v))).toEqual([true, true, false, false, false]);
  });
  it("are accepted within a disputed range", () => {
    const disputed = at([{ constraint: "maxItems", items: [2, 3], description, source }], { maxItems: 1 });
    expect(
      [
        ["a", "b"],
        ["a", "b", "c", "d"],
      ].map((v) => disputed?.(v)),
    ).toEqual([true, false]);
  });
});

describe("types", () => {
  it("are read out of the text of a query", () => {
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
  it("tell integers from numbers and null from objects", () => {
    expect(hasType(schema({ type: "integer" }), 1.5)).toBe(false);
    expect(hasType(schema({ type: "object" }), null)).toBe(false);
    expect(hasType(schema({ type: ["string", "null"] }), null)).toBe(true);
  });
  it("reach into the objects of a list", () => {
    const item = {
      type: "object",
      required: ["a"],
      properties: { a: { type: "string", "x-maxBytes": 2, pattern: "x+" } },
    };
    const shape = compileNested(schema({ type: "array", maxItems: 1, items: item }));
    const holds = [[{ a: "xx" }, { a: "x" }], [{}], [{ a: "xxx" }], [{ a: "yx" }]].map((v) => shape?.(v));
    expect(holds).toEqual([true, false, false, false]);
  });
  it("need no shape where keywords say it all", () => {
    expect(
      compileNested(schema({ type: "array", maxItems: 5, items: { type: "string", maxLength: 3 } })),
    ).toBeUndefined();
  });
});

it("the least output has the required members alone", () => {
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
