/** Two runs side by side: each kind of change, and what is none. */
import { describe, expect, test } from "vitest";
import { verdictOf } from "../../reports/testing/laws.ts";
import type { Finding, Header, Status, Verdict } from "../model/index.ts";
import { trackChanges } from "./changes-since.ts";
import { outcomeOf } from "./outcome.ts";
import type { PreviousRun } from "./previous-run.ts";

const header: Header = {
  type: "header",
  format: 2,
  assay: "1.0.0",
  run: "now",
  target: "t",
  seed: 1,
  depth: "standard",
  select: ["p/**", "q/**"],
  started: "2026-01-02T00:00:00Z",
  rerun: "",
  specs: "abc",
};

const earlierOf = (verdicts: readonly Verdict[], more: Partial<Header> = {}): PreviousRun => ({
  path: "run.ndjson",
  header: { ...header, run: "then", started: "2026-01-01T00:00:00Z", ...more },
  outcomes: new Map(verdicts.map((v) => [v.id, outcomeOf(v)])),
  remarks: [],
});

interface Compared {
  readonly excused?: boolean;
  readonly strict?: boolean;
  readonly before?: Partial<Header>;
}

function between(
  was: readonly Verdict[],
  is: readonly Verdict[],
  { excused = false, strict = false, before }: Compared = {},
) {
  const told = trackChanges(earlierOf(was, before), header, strict);
  for (const verdict of is) told.note(verdict, excused);
  return told.since();
}

const one = (status: Status, more: Partial<Verdict> = {}) => verdictOf(0, status, more);
const code = (actual: string, level: Finding["level"] = "must"): Finding => ({
  check: "code",
  level,
  location: "/Code",
  expected: ["A"],
  actual,
});

describe("a case that both runs judged", () => {
  test.each<[string, Verdict, Verdict, string | null]>([
    ["passed, passed", one("passed"), one("passed"), null],
    ["failed as it failed", one("failed"), one("failed"), null],
    ["known as it was", one("known"), one("known"), null],
    ["observed as it was", one("observed"), one("observed"), null],
    ["passed, failed", one("passed"), one("failed"), "worse"],
    ["observed, failed", one("observed"), one("failed"), "worse"],
    ["failed, failed otherwise", one("failed"), one("failed", { findings: [code("C")] }), "worse"],
    ["failed, failed for more", one("failed"), one("failed", { findings: [code("B"), code("C")] }), "worse"],
    ["known, failed otherwise", one("known"), one("failed", { findings: [code("C")] }), "worse"],
    ["failed, passed", one("failed"), one("passed"), "better"],
    ["failed, observed", one("failed"), one("observed"), "better"],
    ["known, passed", one("known"), one("passed"), "better"],
    ["known, failed in the same way", one("known"), one("failed"), null],
    ["failed, known", one("failed"), one("known"), null],
    ["passed, known", one("passed"), one("known"), "other"],
    ["observed otherwise", one("observed", { actual: "success" }), one("observed", { actual: "X" }), "other"],
    ["passed with another of its codes", one("passed", { actual: "A" }), one("passed", { actual: "B" }), "other"],
    ["a warning that appeared", one("passed"), one("passed", { findings: [code("B", "should")] }), "other"],
    ["a warning that went", one("passed", { findings: [code("B", "should")] }), one("passed"), "other"],
    [
      "a warning beside the failure",
      one("failed"),
      one("failed", { findings: [code("B"), code("C", "should")] }),
      "other",
    ],
  ])("%s", (_, was, is, kind) => {
    const since = between([was], [is]);
    expect(since.compared).toBe(1);
    expect(since.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(since.total).toBe(kind === null ? 0 : 1);
    expect(since.failing).toBe(since.total);
    expect([since.newlyUndecided, since.noVerdict]).toEqual([0, 0]);
  });

  test("is told by its id and by both, without a value", () => {
    const since = between([one("passed", { actual: "A" })], [one("failed")]);
    expect(since).toMatchObject({ run: "then", started: "2026-01-01T00:00:00Z" });
    expect(since.changes).toEqual([
      {
        id: "p/s/Act/valid/case-0@tc3-post",
        kind: "worse",
        before: "passed: A",
        after: "failed: code at /Code: B, not A",
      },
    ]);
  });
});

describe("a case without a verdict in one of the runs", () => {
  // Kind of change, does it fail the run, is it open, is it unheard.
  test.each<[Status, Status, string | null, number, number, number]>([
    ["indeterminate", "passed", null, 0, 0, 1],
    ["skipped", "observed", null, 0, 0, 1],
    ["errored", "known", null, 0, 0, 1],
    ["indeterminate", "indeterminate", null, 0, 0, 1],
    ["skipped", "skipped", null, 0, 0, 1],
    ["unimplemented", "unimplemented", null, 0, 0, 1],
    ["unimplemented", "skipped", null, 0, 0, 1],
    ["unimplemented", "indeterminate", null, 0, 0, 1],
    ["skipped", "indeterminate", null, 0, 0, 1],
    ["passed", "indeterminate", null, 0, 1, 1],
    ["failed", "indeterminate", null, 0, 1, 1],
    ["passed", "skipped", null, 0, 1, 1],
    ["indeterminate", "skipped", null, 0, 1, 1],
    ["indeterminate", "unimplemented", null, 0, 1, 1],
    // That an action came or went is an answer.
    ["unimplemented", "passed", "other", 1, 0, 0],
    ["unimplemented", "failed", "other", 1, 0, 0],
    ["passed", "unimplemented", "other", 1, 1, 0],
    // A failure that nobody knew of is news, although it may not be new.
    ["indeterminate", "failed", "added", 1, 0, 1],
    ["skipped", "failed", "added", 1, 0, 1],
  ])("%s, %s", (was, is, kind, failing, newlyUndecided, noVerdict) => {
    const since = between([one(was)], [one(is)]);
    expect(since.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect({ failing: since.failing, newlyUndecided: since.newlyUndecided, noVerdict: since.noVerdict }).toEqual({
      failing,
      newlyUndecided,
      noVerdict,
    });
    expect(since.compared).toBe(1 - noVerdict);
  });

  test.each<Status>(["skipped", "unimplemented"])("what the target said that it lacks is no news: %s", (status) => {
    const since = between([one("passed")], [one(status)], { excused: true });
    expect([since.failing, since.newlyUndecided, since.noVerdict]).toEqual([0, 0, 1]);
    expect(between([], [one(status)], { excused: true })).toMatchObject({ failing: 0, newlyUndecided: 0 });
  });
});

describe("a case of one run only", () => {
  test.each<[Status, number, number]>([
    ["passed", 0, 0],
    ["observed", 0, 0],
    ["known", 0, 0],
    ["failed", 1, 0],
    ["indeterminate", 0, 1],
    ["skipped", 0, 1],
    ["unimplemented", 0, 1],
  ])("new and %s", (status, failing, newlyUndecided) => {
    const since = between([one("passed")], [one("passed"), verdictOf(1, status)]);
    expect(since.changes).toMatchObject([{ id: "p/s/Act/valid/case-1@tc3-post", kind: "added", before: "" }]);
    expect([since.total, since.failing, since.newlyUndecided]).toEqual([1, failing, newlyUndecided]);
  });

  const two = [verdictOf(0, "passed"), verdictOf(1, "failed")];
  test("gone is told and fails nothing", () => {
    const since = between(two, [verdictOf(0, "passed")], { before: { select: ["q/**", "p/**"] } });
    expect(since.changes).toMatchObject([{ id: "p/s/Act/valid/case-1@tc3-post", kind: "removed", after: "" }]);
    expect([since.total, since.failing]).toEqual([1, 0]);
    expect(since.remarks).toEqual([]);
  });
  test.each<[string, Partial<Header>]>([
    ["selection", { select: ["**"] }],
    ["depth", { depth: "exhaustive" }],
    ["harmlessness", { readOnly: true }],
  ])("of another %s none is gone, and that is said", (_, before) => {
    const since = between(two, [verdictOf(0, "passed")], { before });
    expect(since.total).toBe(0);
    expect(since.remarks).toEqual([expect.stringMatching(/another selection or depth/)]);
  });
});

describe("another seed", () => {
  const before = { seed: 2 };
  const fuzz = (status: Status, n = 0) => verdictOf(n, status, { family: "fuzz" });

  test("makes other mixes: not compared, and counted with those that failed", () => {
    const is = [fuzz("failed"), fuzz("passed", 1), verdictOf(2, "passed")];
    const since = between([fuzz("passed"), fuzz("failed", 1), verdictOf(2, "passed")], is, { before });
    expect(since).toMatchObject({ total: 0, failing: 0, compared: 1 });
    expect(since.remarks).toContain("2 mixes of fuzz are others than before and are not compared, 1 of them failed");
  });
  test.each<[string, Partial<Header>]>([
    ["assay", { assay: "0.9.0" }],
    ["specs", { specs: "abd" }],
  ])("so does another %s, which is said", (word, more) => {
    const since = between([fuzz("passed"), verdictOf(1, "passed")], [fuzz("failed"), verdictOf(1, "passed")], {
      before: more,
    });
    expect(since.total).toBe(0);
    expect(since.remarks[0]).toMatch(word);
  });
  test("the same seed makes the same mix", () => {
    expect(between([fuzz("passed")], [fuzz("failed")]).changes).toMatchObject([{ kind: "worse" }]);
  });
  test("makes other values: what open ones were answered with is not compared, all else is", () => {
    const seen = (status: Status, word: string, more: Partial<Verdict> = {}) => one(status, { actual: word, ...more });
    const kinds = (was: Verdict, is: Verdict) => between([was], [is], { before }).changes.map((change) => change.kind);
    expect(kinds(seen("observed", "success"), seen("observed", "X"))).toEqual([]);
    expect(kinds(seen("observed", "success"), seen("observed", "X", { findings: [code("B", "should")] }))).toEqual([
      "other",
    ]);
    expect(kinds(seen("passed", "A"), seen("passed", "B"))).toEqual(["other"]);
    expect(kinds(seen("passed", "A"), seen("observed", "A"))).toEqual(["other"]);
    expect(kinds(seen("observed", "success"), one("failed"))).toEqual(["worse"]);
  });
});

test("with --strict a warning of a case that is new fails the run, and one that is known does not", () => {
  const warned = one("passed", { findings: [code("B", "should")] });
  expect(between([], [warned]).failing).toBe(0);
  expect(between([], [warned], { strict: true }).failing).toBe(1);
  expect(between([warned], [warned], { strict: true }).failing).toBe(0);
});

test("a comparison of nothing says so, and so do an earlier log and other versions", () => {
  expect(between([], [one("passed")]).remarks).toEqual([expect.stringMatching(/nothing is compared/)]);
  const told = trackChanges({ ...earlierOf([one("passed")], { assay: "0.9.0" }), remarks: ["it broke off"] }, header);
  told.note(one("passed"), false);
  expect(told.since().remarks).toEqual([
    "it broke off",
    "assay 0.9.0 judged it, 1.0.0 this one: a change may be assay's",
  ]);
});

test("the worst come first, each kind in plan order; a thousand are told and all are counted", () => {
  const was = [0, 1, 2, 3].map((n) => verdictOf(n, n === 1 ? "failed" : "passed"));
  const is = [
    verdictOf(5, "passed"),
    verdictOf(4, "failed"),
    verdictOf(2, "failed"),
    verdictOf(1, "passed"),
    verdictOf(0, "failed"),
  ];
  const since = between(was, is);
  expect(since.changes.map(({ kind, id }) => `${kind} ${/\d+/.exec(id)?.[0]}`)).toEqual([
    "worse 0",
    "worse 2",
    "added 4",
    "better 1",
    "added 5",
    "removed 3",
  ]);
  expect(since.kinds).toEqual({ worse: 2, better: 1, other: 0, added: 2, removed: 1 });

  const many = Array.from({ length: 3000 }, (_, n) => verdictOf(n, "passed"));
  const crowd = between(many, [...many.slice(0, 2500).map((v) => ({ ...v, actual: "X" })), verdictOf(2999, "failed")]);
  expect(crowd.changes).toHaveLength(1000);
  expect(crowd.changes[0]?.kind).toBe("worse");
  expect(crowd).toMatchObject({ total: 3000, failing: 2501, kinds: { worse: 1, other: 2500, removed: 499 } });
});
