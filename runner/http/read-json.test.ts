/** Which response bodies are read, and which are not. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "./read-json.ts";

const read = (text: string) => readJson(Buffer.from(text));
const failureReason = (text: string): string => {
  const parsed = read(text);
  return "reason" in parsed ? parsed.reason : "";
};

test("every JSON value is read as it was written", () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 6 }),
    // Names and texts full of structural characters.
    fc.dictionary(
      fc.string({ unit: fc.constantFrom(...'\\"{}[]:,a\u0000') }),
      fc.string({ unit: fc.constantFrom(...'\\":,{') }),
    ),
  );
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(read(text)).toEqual({ body: JSON.parse(text) });
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("names of inherited properties are ordinary names", () => {
  const text = '{"__proto__":{"a":1},"constructor":2,"toString":null,"hasOwnProperty":[]}';
  const parsed = read(text);
  expect(JSON.stringify("body" in parsed && parsed.body)).toBe(text);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test.each([
  ["at the top", '{"Code":"a","Code":"b"}'],
  ["in a nested object", '[1,{"Error":{"Code":"a","Message":"","Code":"a"}}]'],
  ["with an escape", '{"Code":"a","\\u0043ode":"b"}'],
  ["with the name of an inherited property", '{"__proto__":1,"__proto__":2}'],
  ["whose first value is an object", '{"a":{"b":1},"a":2}'],
])("a body with the same member twice is not read: %s", (_, text) => {
  expect(failureReason(text)).toBe("an object in the body has the same member twice");
});

test("two objects may have members with the same name", () => {
  expect(read('[{"a":1},{"a":{"a":2}}]')).toEqual({ body: [{ a: 1 }, { a: { a: 2 } }] });
});

describe("limits", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

  test("200 levels are read, 201 are not", () => {
    expect(failureReason(nested(200))).toBe("");
    expect(failureReason(nested(201))).toMatch(/more than 200 levels/);
    expect(failureReason('{"a":'.repeat(1_000_000))).toMatch(/more than 200 levels/);
  });

  test("brackets within a string do not count as levels", () => {
    const text = JSON.stringify("[".repeat(10_000));
    expect(failureReason(text)).toBe("");
  });

  test("a hundred thousand values are read, a million are not", () => {
    expect(failureReason(`[${"0,".repeat(100_000)}0]`)).toBe("");
    for (const value of ["0", "[]", '{"a":0}', '""'])
      expect(failureReason(`[${`${value},`.repeat(1_000_000)}0]`)).toMatch(/more than 200000 values/);
  });
});

test.each([
  ["cut off", '{"a":"b', "not JSON"],
  ["a string without an end", '"\\"', "not JSON"],
  ["two values", "{}{}", "not JSON"],
  ["a byte order mark", "\ufeff{}", "byte order mark"],
])("not JSON: %s", (_, text, reason) => {
  expect(failureReason(text)).toContain(reason);
});

test("bytes that are not UTF-8", () => {
  expect(readJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ reason: "the body is not UTF-8" });
  expect(readJson(Buffer.from('"深"', "utf16le"))).toHaveProperty("reason");
});

test("an empty body is undefined and not an error", () => {
  expect(readJson(Buffer.alloc(0))).toEqual({ body: undefined });
});
