/** Known failures: an entry covers the failure that it describes, and is stale when its cases no longer fail that way. */
import { describe, expect, test } from "vitest";
import { globMatcher } from "../cases/glob.ts";
import type { Finding, KnownFailure } from "../model/index.ts";
import { findingSignature } from "./finding-signature.ts";
import { endOfDay, knownList, mergeStates, staleEntries, staleInShard } from "./known-failures.ts";

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

test("the described failure is covered, and then no entry is stale", () => {
  const known = list();
  expect(known.covers("a/b/C/boundary/P/65@x", [finding])).toBe(true);
  known.recordVerdict("a/b/C/boundary/P/65@x", [finding]);
  expect(known.stale(true)).toEqual([]);
});

test.each<[string, Finding]>([
  ["another code", { ...finding, actual: "Whatever" }],
  ["another check", { ...finding, check: "outcome" }],
  ["other expected codes", { ...finding, expected: ["Other"] }],
  ["another location", { ...finding, location: "/code" }],
])("%s is not covered", (_, other) => {
  expect(list().covers("a/b/C/boundary/P/65@x", [other])).toBe(false);
  expect(list().covers("a/b/C/boundary/P/65@x", [finding, other])).toBe(false);
});

test("a case outside the glob and a case without findings are not covered", () => {
  expect(list().covers("a/b/C/valid/call/minimal@x", [finding])).toBe(false);
  expect(list().covers("a/b/C/boundary/P/65@x", [])).toBe(false);
});

test("an entry whose case did not fail is stale", () => {
  const known = list();
  known.recordVerdict("a/b/C/boundary/P/65@x", []);
  expect(known.stale(false).join()).toMatch(/a\/b\/C\/boundary\/\*\*: .*65@x did not fail that way/);
});

test("an entry that matches no case is stale in a complete run only", () => {
  expect(list().stale(true)).toHaveLength(1);
  expect(list().stale(false)).toEqual([]);
});

test("a signature contains types, never values", () => {
  const signature = findingSignature({
    check: "output",
    level: "must",
    location: "/Response/Items/17/Name",
    expected: 'type "string"',
    actual: "somebody's name",
  });
  expect(signature).toEqual({ check: "output", location: "/Response/Items/*/Name", expected: [], actual: "string" });
});

describe("expiry", () => {
  const id = "a/b/C/boundary/P/65@x";
  const day = "2026-11-01";
  const listAt = (now: number, expires = day) =>
    knownList([{ ...entry, expires, listedAt: "known.yaml:3:5" }], (glob) => globMatcher([glob]), now);

  test("an entry is valid until the last millisecond of its day", () => {
    expect(listAt(Date.UTC(2026, 10, 2) - 1).covers(id, [finding])).toBe(true);
    expect(listAt(Date.UTC(2026, 10, 2)).covers(id, [finding])).toBe(false);
  });

  test("an expired entry is reported once, with its day and reason, in complete and partial runs", () => {
    const known = listAt(Date.UTC(2026, 10, 2));
    known.recordVerdict(id, []);
    for (const complete of [true, false])
      expect(known.stale(complete)).toEqual(["known.yaml:3:5: a/b/C/boundary/**: expired on 2026-11-01: ticket 7"]);
  });

  test("an entry that expires later is valid", () => {
    const known = listAt(Date.UTC(2026, 9, 1));
    known.recordVerdict(id, [finding]);
    expect(known.stale(true)).toEqual([]);
  });

  test("without a clock, and with a day that does not exist, an entry is not valid", () => {
    const withoutClock = knownList([{ ...entry, expires: "9999-12-31" }], (glob) => globMatcher([glob]));
    expect(withoutClock.covers(id, [finding])).toBe(false);
    expect(withoutClock.stale(false)).toHaveLength(1);
    expect(listAt(0, "2026-02-30").covers(id, [finding])).toBe(false);
  });

  test.each([
    ["2026-02-28", true],
    ["2024-02-29", true],
    ["2026-02-29", false],
    ["2026-02-30", false],
    ["2026-13-01", false],
    ["2026-1-1", false],
    ["soon", false],
  ])("%s exists: %s", (text, exists) => expect(endOfDay(text) !== undefined).toBe(exists));
});

describe("cases that are not judged", () => {
  const id = "a/b/C/boundary/P/65@x";

  test.each(["skipped", "unimplemented", "indeterminate", "errored"] as const)(
    "a case that is %s makes no entry stale",
    (status) => {
      const known = list();
      known.recordVerdict(id, [], status);
      expect(known.stale(true)).toEqual([]);
    },
  );

  test("an observed case makes an entry stale, unless another of its cases fails", () => {
    const known = list();
    known.recordVerdict(id, [], "observed");
    expect(known.stale(true).join()).toMatch(/65@x did not fail: it was observed/);
    expect(known.stale(false)).toEqual([]);
    known.recordVerdict("a/b/C/boundary/P/66@x", [finding], "known");
    expect(known.stale(true)).toEqual([]);
  });
});

describe("cases of another depth", () => {
  const listWithIds = (ids: () => Iterable<string>) => knownList([entry], (glob) => globMatcher([glob]), 0, ids);

  test("an entry is stale only if it matches no case of any depth", () => {
    expect(listWithIds(() => ["a/b/C/valid/x@y", "a/b/C/boundary/P/65@z"]).stale(true)).toEqual([]);
    expect(
      listWithIds(() => ["a/b/C/valid/x@y"])
        .stale(true)
        .join(),
    ).toMatch(/no case matches it/);
  });

  test("their ids are read only if an entry matched no case, and only until it matches one", () => {
    let read = 0;
    const ids = function* () {
      for (const id of ["a/b/C/boundary/P/65@z", "another"]) {
        read++;
        yield id;
      }
    };
    const matched = listWithIds(ids);
    matched.recordVerdict("a/b/C/boundary/P/65@x", [finding]);
    matched.stale(true);
    listWithIds(ids).stale(false);
    expect(read).toBe(0);
    listWithIds(ids).stale(true);
    expect(read).toBe(1);
  });
});

describe("shards", () => {
  const [first, second] = ["a/b/C/boundary/P/65@x", "a/b/D/boundary/P/65@x"];
  const wide = { ...entry, case: "a/b/*/boundary/**" };
  const matcher = (glob: string) => globMatcher([glob]);
  const shard = (record: (known: ReturnType<typeof knownList>) => void, entries = [wide], now?: number) => {
    const known = knownList(entries, matcher, now, () => [first, second]);
    record(known);
    return known.states(true);
  };
  const used = shard((known) => known.recordVerdict(first, [finding]));
  const untouched = shard(() => {});
  const observed = shard((known) => known.recordVerdict(second, [], "observed"));
  const passed = shard((known) => known.recordVerdict(second, [], "passed"));

  test("an entry whose cases another shard has is stale in none of them", () => {
    for (const states of [used, untouched, observed]) expect(staleInShard(states)).toEqual([]);
    expect(staleEntries(mergeStates([untouched, used]), true)).toEqual([]);
    expect(staleEntries(mergeStates([observed, used, untouched]), true)).toEqual([]);
  });

  test("an entry that a case refutes is stale in the shard of that case and in the merged run", () => {
    expect(staleInShard(passed)).toEqual([
      `${wide.case}: listed as a known failure, but ${second} did not fail that way`,
    ]);
    expect(staleEntries(mergeStates([used, passed]), false)).toEqual(staleInShard(passed));
  });

  test("only the merged run reports an entry that was observed, or matches no case", () => {
    const noCase = shard(() => {}, [{ ...entry, case: "x/y/**" }]);
    expect(staleInShard(noCase)).toEqual([]);
    expect(staleEntries(mergeStates([noCase, noCase]), true).join()).toMatch(/no case matches it/);
    expect(staleEntries(mergeStates([untouched, observed]), true).join()).toMatch(/it was observed/);
  });

  test("an expired entry is reported by the shard of its cases only, and once by the merged run", () => {
    const expired = [{ ...wide, expires: "2026-11-01" }];
    const own = shard((known) => known.recordVerdict(first, [finding]), expired, Date.UTC(2027, 1));
    const other = shard(() => {}, expired, Date.UTC(2027, 1));
    expect(staleInShard(own)).toEqual([`${wide.case}: expired on 2026-11-01: ticket 7`]);
    expect(staleInShard(other)).toEqual([]);
    expect(staleEntries(mergeStates([other, own, other]), true)).toEqual(staleInShard(own));
  });
});
