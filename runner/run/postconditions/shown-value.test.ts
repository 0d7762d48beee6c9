import { expect, test } from "vitest";
import type { Json } from "../../model/index.ts";
import { wrongValue } from "./shown-value.ts";

const sentAtMs = Date.parse("2026-11-21T12:00:00Z");
const call = { output: {}, status: 200, sentAtMs };
const isWrong = (shown: Json | undefined, expected: Json) => wrongValue(shown, expected, "group", call) !== undefined;

test("a value is the one with which the resource was created; a number may be shown as a text", () => {
  expect([isWrong("a", "a"), isWrong("b", "a"), isWrong(undefined, "a"), isWrong("7", 7), isWrong(8, 7)]).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
});

test("a longer text ends with the value", () => {
  const ending = { endsWith: "id-1" };
  expect([isWrong("arn:of/id-1", ending), isWrong("arn:of/id-1x", ending), isWrong(undefined, ending)]).toEqual([
    false,
    true,
    false,
  ]);
});

test.each<[Json | undefined, boolean]>([
  [sentAtMs / 1000, false],
  [String(sentAtMs / 1000), false],
  [sentAtMs, true],
  ["2026-11-22 11:59:59Z", false],
  ["2026-11-22 12:00:01Z", true],
  ["2026-11-20 11:59:59Z", true],
  ["not a time", false],
  ["", false],
  [null, false],
  [undefined, false],
])("%j as a time within a day of the call: %s", (shown, wrong) => {
  expect(isWrong(shown, { is: "time" })).toBe(wrong);
});

test("the HTTP status", () => {
  expect([isWrong(200, { is: "httpStatus" }), isWrong(201, { is: "httpStatus" })]).toEqual([false, true]);
});
