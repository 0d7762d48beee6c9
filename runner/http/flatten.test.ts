/** Flattening and its inverse. */
import { expect, test } from "vitest";
import { flatten, unflatten } from "./flatten.ts";

test("lists and objects become dotted names, from 0 and in order", () => {
  const members = {
    S: "",
    N: -1.5,
    B: false,
    Name: ["a", "b"],
    Infos: [{ Field: "x", Tags: ["y"] }, { Field: "z" }],
    One: { Two: { Three: 3 } },
  };
  const pairs = flatten(members);
  expect(pairs).toEqual([
    ["S", ""],
    ["N", "-1.5"],
    ["B", "false"],
    ["Name.0", "a"],
    ["Name.1", "b"],
    ["Infos.0.Field", "x"],
    ["Infos.0.Tags.0", "y"],
    ["Infos.1.Field", "z"],
    ["One.Two.Three", "3"],
  ]);
  expect(unflatten(pairs)).toEqual({ ...members, N: "-1.5", B: "false", One: { Two: { Three: "3" } } });
});

test.each([
  [{ A: null }, "A: null"],
  [{ A: ["x", null] }, "A.1: null"],
  [{ A: { B: undefined as never } }, "A.B: undefined"],
  [{ A: [] }, "A: an empty list"],
  [{ A: [{}] }, "A.0: an empty object"],
])("%j cannot be sent as pairs, and the error names the member", (members, message) => {
  expect(() => flatten(members)).toThrow(message);
});

test("no members give no pairs", () => {
  expect(flatten({})).toEqual([]);
  expect(unflatten([])).toEqual({});
});

test("a list is ordered by its indices, not by the order of the pairs: 10 after 9, gaps closed", () => {
  const pairs = Array.from({ length: 12 }, (_, i) => [`L.${11 - i}`, String(11 - i)] as const);
  expect(unflatten(pairs)).toEqual({ L: Array.from({ length: 12 }, (_, i) => String(i)) });
  const gap = unflatten([
    ["L.7", "b"],
    ["L.2", "a"],
  ]);
  expect(gap).toEqual({ L: ["a", "b"] });
});

test("a name that is not an index makes an object, and the root is always an object", () => {
  const mixedNames = unflatten([
    ["L.0", "a"],
    ["L.01", "b"],
    ["L.", "c"],
  ]);
  expect(mixedNames).toEqual({ L: { "0": "a", "01": "b", "": "c" } });
  expect(unflatten([["0", "a"]])).toEqual({ "0": "a" });
});

test("of two values for one member the later one is used, text or tree", () => {
  const unflattenTwo = (a: string, b: string) =>
    unflatten([
      [a, "1"],
      [b, "2"],
    ]);
  expect(unflattenTwo("A", "A")).toEqual({ A: "2" });
  expect(unflattenTwo("A", "A.0")).toEqual({ A: ["2"] });
  expect(unflattenTwo("A.0", "A")).toEqual({ A: "2" });
});

test("hostile names neither pollute prototypes nor exhaust the stack", () => {
  const members = unflatten([
    ["__proto__.polluted", "x"],
    ["L.999999999", "y"],
    ["A.constructor.prototype.polluted", "x"],
  ]);
  expect(Object.keys(members)).toEqual(["__proto__", "L", "A"]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(members.L).toEqual(["y"]);
  const deep = "a.".repeat(200_000);
  expect(Object.keys(unflatten([[deep, "x"]]))).toEqual([deep]);
});

test("a name with 32 dots is a path, one with 33 dots a single name", () => {
  const name = (dots: number) => Array.from({ length: dots + 1 }, () => "a").join(".");
  expect(Object.keys(unflatten([[name(32), "x"]]))).toEqual(["a"]);
  expect(Object.keys(unflatten([[name(33), "x"]]))).toEqual([name(33)]);
});
