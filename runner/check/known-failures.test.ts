/** Known failures: the same failure is covered, and an entry that no longer holds is stale. */
import { describe, expect, test } from "vitest";
import { globMatcher } from "../cases/glob.ts";
import type { Finding, KnownFailure } from "../model/index.ts";
import { findingSignature } from "./finding-signature.ts";
import { endOfDay, knownList } from "./known-failures.ts";

const entry: KnownFailure = {
  case: "a/b/C/boundary/**",
  check: "code",
  location: "/Response/Error/Code",
  expected: ["TooLong"],
  actual: "Illegal",
  reason: "ticket 7",
};
const finding: Finding = {
  check: "code",
  level: "must",
  location: "/Response/Error/Code",
  expected: ["TooLong"],
  actual: "Illegal",
};
const list = () => knownList([entry], (glob) => globMatcher([glob]));

test("the same failure is covered, and then nothing is stale", () => {
  const known = list();
  expect(known.covers("a/b/C/boundary/P/65@x", [finding])).toBe(true);
  known.recordVerdict("a/b/C/boundary/P/65@x", [finding]);
  expect(known.stale(true)).toEqual([]);
});

test.each<[string, Finding]>([
  ["another code", { ...finding, actual: "Whatever" }],
  ["another check", { ...finding, check: "outcome" }],
  ["other expected codes", { ...finding, expected: ["Other"] }],
  ["another place", { ...finding, location: "/code" }],
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
  known.recordVerdict("a/b/C/boundary/P/65@x", []);
  expect(known.stale(false).join()).toMatch(/a\/b\/C\/boundary\/\*\*: .*65@x did not fail that way/);
});

test("an entry that matches nothing is stale in a whole run only", () => {
  expect(list().stale(true)).toHaveLength(1);
  expect(list().stale(false)).toEqual([]);
});

test("a signature holds types, never values", () => {
  const seen = findingSignature({
    check: "output",
    level: "must",
    location: "/Response/Items/17/Name",
    expected: 'type "string"',
    actual: "somebody's name",
  });
  expect(seen).toEqual({ check: "output", location: "/Response/Items/*/Name", expected: [], actual: "string" });
});

describe("expiry", () => {
  const id = "a/b/C/boundary/P/65@x";
  const day = "2026-11-01";
  const until = (now: number, expires = day) =>
    knownList([{ ...entry, expires, listedAt: "known.yaml:3:5" }], (glob) => globMatcher([glob]), now);

  test("the last moment of the day still counts, the first of the next does not", () => {
    expect(until(Date.UTC(2026, 10, 2) - 1).covers(id, [finding])).toBe(true);
    expect(until(Date.UTC(2026, 10, 2)).covers(id, [finding])).toBe(false);
  });

  test("once expired it is told with its day and reason, in every run, and once only", () => {
    const known = until(Date.UTC(2026, 10, 2));
    known.recordVerdict(id, []);
    for (const whole of [true, false])
      expect(known.stale(whole)).toEqual(["known.yaml:3:5: a/b/C/boundary/**: expired on 2026-11-01: ticket 7"]);
  });

  test("an entry that expires later is an entry like any other", () => {
    const known = until(Date.UTC(2026, 9, 1));
    known.recordVerdict(id, [finding]);
    expect(known.stale(true)).toEqual([]);
  });

  test("without a clock, and for a day that is none, it does not count", () => {
    const clockless = knownList([{ ...entry, expires: "9999-12-31" }], (glob) => globMatcher([glob]));
    expect(clockless.covers(id, [finding])).toBe(false);
    expect(clockless.stale(false)).toHaveLength(1);
    expect(until(0, "2026-02-30").covers(id, [finding])).toBe(false);
  });

  test.each([
    ["2026-02-28", true],
    ["2024-02-29", true],
    ["2026-02-29", false],
    ["2026-02-30", false],
    ["2026-13-01", false],
    ["2026-1-1", false],
    ["soon", false],
  ])("%s is a day: %s", (text, is) => expect(endOfDay(text) !== undefined).toBe(is));
});

describe("cases that are not judged", () => {
  const id = "a/b/C/boundary/P/65@x";

  test.each(["skipped", "unimplemented", "indeterminate", "errored"] as const)(
    "%s says nothing of the entry",
    (status) => {
      const known = list();
      known.recordVerdict(id, [], status);
      expect(known.stale(true)).toEqual([]);
    },
  );

  test("what was observed did not fail: stale where nothing else under the entry did", () => {
    const known = list();
    known.recordVerdict(id, [], "observed");
    expect(known.stale(true).join()).toMatch(/65@x did not fail: it was observed/);
    expect(known.stale(false)).toEqual([]);
    known.recordVerdict("a/b/C/boundary/P/66@x", [finding], "known");
    expect(known.stale(true)).toEqual([]);
  });
});

describe("cases of another depth", () => {
  const deep = (ids: () => Iterable<string>) => knownList([entry], (glob) => globMatcher([glob]), 0, ids);

  test("an entry on one is not stale; on none at any depth it is", () => {
    expect(deep(() => ["a/b/C/valid/x@y", "a/b/C/boundary/P/65@z"]).stale(true)).toEqual([]);
    expect(
      deep(() => ["a/b/C/valid/x@y"])
        .stale(true)
        .join(),
    ).toMatch(/no case matches it/);
  });

  test("they are asked for only where an entry matched nothing, and no further than it takes", () => {
    let asked = 0;
    const ids = function* () {
      for (const id of ["a/b/C/boundary/P/65@z", "another"]) {
        asked++;
        yield id;
      }
    };
    const used = deep(ids);
    used.recordVerdict("a/b/C/boundary/P/65@x", [finding]);
    used.stale(true);
    deep(ids).stale(false);
    expect(asked).toBe(0);
    deep(ids).stale(true);
    expect(asked).toBe(1);
  });
});
