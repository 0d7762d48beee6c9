/** Known failures: the same failure is covered, and an entry that no longer holds is stale. */
import { expect, test } from "vitest";
import { selector } from "../cases/select.ts";
import type { Finding, KnownFailure } from "../model.ts";
import { knownList, signature } from "./known.ts";

const entry: KnownFailure = {
  case: "a/b/C/boundary/**",
  check: "code",
  at: "/Response/Error/Code",
  expected: ["TooLong"],
  actual: "Illegal",
  reason: "ticket 7",
};
const finding: Finding = {
  check: "code",
  level: "must",
  at: "/Response/Error/Code",
  expected: ["TooLong"],
  actual: "Illegal",
};
const list = () => knownList([entry], (glob) => selector([glob]));

test("the same failure is covered, and then nothing is stale", () => {
  const known = list();
  expect(known.covers("a/b/C/boundary/P/65@x", [finding])).toBe(true);
  known.note("a/b/C/boundary/P/65@x", [finding]);
  expect(known.stale(true)).toEqual([]);
});

test.each<[string, Finding]>([
  ["another code", { ...finding, actual: "Whatever" }],
  ["another check", { ...finding, check: "outcome" }],
  ["other expected codes", { ...finding, expected: ["Other"] }],
  ["another place", { ...finding, at: "/code" }],
])("%s is not covered", (_, other) => {
  expect(list().covers("a/b/C/boundary/P/65@x", [other])).toBe(false);
  expect(list().covers("a/b/C/boundary/P/65@x", [finding, other])).toBe(false);
});

test("a case outside the glob is not covered, and a pass never is", () => {
  expect(list().covers("a/b/C/valid/call/minimal@x", [finding])).toBe(false);
  expect(list().covers("a/b/C/boundary/P/65@x", [])).toBe(false);
});

test("an entry whose case passed or failed otherwise is stale", () => {
  const known = list();
  known.note("a/b/C/boundary/P/65@x", []);
  expect(known.stale(false).join()).toMatch(/a\/b\/C\/boundary\/\*\*: .*65@x did not fail that way/);
});

test("an entry that matches nothing is stale in a whole run only", () => {
  expect(list().stale(true)).toHaveLength(1);
  expect(list().stale(false)).toEqual([]);
});

test("a signature holds types, never values", () => {
  const seen = signature({
    check: "output",
    level: "must",
    at: "/Response/Items/17/Name",
    expected: 'type "string"',
    actual: "somebody's name",
  });
  expect(seen).toEqual({ check: "output", at: "/Response/Items/*/Name", expected: [], actual: "string" });
});
