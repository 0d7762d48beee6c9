/** What is read of an answer's bytes, and what is not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "./read-json.ts";

const read = (text: string) => readJson(Buffer.from(text));
const why = (text: string): string => {
  const parsed = read(text);
  return "reason" in parsed ? parsed.reason : "";
};

test("all that JSON can say is read as it was written", () => {
  const written = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    // Names and texts full of what stands for something outside of them.
    fc.dictionary(
      fc.string({ unit: fc.constantFrom(...'\\"{}[]:,a\u0000') }),
      fc.string({ unit: fc.constantFrom(...'\\":,{') }),
    ),
  );
  fc.assert(
    fc.property(written, fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(read(text)).toEqual({ body: JSON.parse(text) });
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("names that objects have of themselves are names like any other", () => {
  const text = '{"__proto__":{"a":1},"constructor":2,"toString":null,"hasOwnProperty":[]}';
  const parsed = read(text);
  expect(JSON.stringify("body" in parsed && parsed.body)).toBe(text);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test.each([
  ["at the top", '{"Code":"a","Code":"b"}'],
  ["further in", '[1,{"Error":{"Code":"a","Message":"","Code":"a"}}]'],
  ["written otherwise", '{"Code":"a","\\u0043ode":"b"}'],
  ["of a name that objects have", '{"__proto__":1,"__proto__":2}'],
  ["an object the first time", '{"a":{"b":1},"a":2}'],
])("a member that stands twice is not read: %s", (_, text) => {
  expect(why(text)).toBe("a member stands twice in one object");
});

test("the same name in two objects is nothing special", () => {
  expect(read('[{"a":1},{"a":{"a":2}}]')).toEqual({ body: [{ a: 1 }, { a: { a: 2 } }] });
});

describe("too much", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

  test("200 levels are read, and not one more", () => {
    expect(why(nested(200))).toBe("");
    expect(why(nested(201))).toMatch(/more than 200 levels/);
    expect(why('{"a":'.repeat(1_000_000))).toMatch(/more than 200 levels/);
  });

  test("brackets within a text are none", () => {
    const text = JSON.stringify("[".repeat(10_000));
    expect(why(text)).toBe("");
  });

  test("a hundred thousand values are read, a million are not", () => {
    expect(why(`[${"0,".repeat(100_000)}0]`)).toBe("");
    for (const value of ["0", "[]", '{"a":0}', '""'])
      expect(why(`[${`${value},`.repeat(1_000_000)}0]`)).toMatch(/more than 200000 values/);
  });
});

test.each([
  ["half of it", '{"a":"b', "not JSON"],
  ["a text that does not end", '"\\"', "not JSON"],
  ["two of them", "{}{}", "not JSON"],
  ["a byte order mark", "\ufeff{}", "byte order mark"],
])("no JSON: %s", (_, text, words) => {
  expect(why(text)).toContain(words);
});

test("bytes that are no UTF-8", () => {
  expect(readJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ reason: "the body is not UTF-8" });
  expect(readJson(Buffer.from('"深"', "utf16le"))).toHaveProperty("reason");
});

test("nothing is no JSON, and no fault of it", () => {
  expect(readJson(Buffer.alloc(0))).toEqual({ body: undefined });
});
