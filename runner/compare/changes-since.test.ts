/** A run compared with an earlier one: each kind of change, and differences that are no change. */
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

const previousRun = (verdicts: readonly Verdict[], headerFields: Partial<Header> = {}): PreviousRun => ({
  path: "run.ndjson",
  header: { ...header, run: "then", started: "2026-01-01T00:00:00Z", ...headerFields },
  outcomes: new Map(verdicts.map((verdict) => [verdict.id, outcomeOf(verdict)])),
  remarks: [],
});

interface CompareOptions {
  readonly declaredByTarget?: boolean;
  readonly strict?: boolean;
  /** Fields of the header of the earlier run. */
  readonly earlierHeader?: Partial<Header>;
}

function changesBetween(
  before: readonly Verdict[],
  after: readonly Verdict[],
  { declaredByTarget = false, strict = false, earlierHeader }: CompareOptions = {},
) {
  const tracker = trackChanges(previousRun(before, earlierHeader), header, strict);
  for (const verdict of after) tracker.record(verdict, declaredByTarget);
  return tracker.since();
}

const verdict = (status: Status, fields: Partial<Verdict> = {}) => verdictOf(0, status, fields);
const codeFinding = (actual: string, level: Finding["level"] = "must"): Finding => ({
  check: "code",
  level,
  location: "/Code",
  expected: ["A"],
  actual,
});

describe("a case that both runs judged", () => {
  test.each<[string, Verdict, Verdict, string | null]>([
    ["passed, passed", verdict("passed"), verdict("passed"), null],
    ["failed, failed in the same way", verdict("failed"), verdict("failed"), null],
    ["known, known", verdict("known"), verdict("known"), null],
    ["observed, observed", verdict("observed"), verdict("observed"), null],
    ["passed, failed", verdict("passed"), verdict("failed"), "worse"],
    ["observed, failed", verdict("observed"), verdict("failed"), "worse"],
    ["failed, failed in another way", verdict("failed"), verdict("failed", { findings: [codeFinding("C")] }), "worse"],
    [
      "failed, failed with an additional finding",
      verdict("failed"),
      verdict("failed", { findings: [codeFinding("B"), codeFinding("C")] }),
      "worse",
    ],
    ["known, failed in another way", verdict("known"), verdict("failed", { findings: [codeFinding("C")] }), "worse"],
    ["failed, passed", verdict("failed"), verdict("passed"), "better"],
    ["failed, observed", verdict("failed"), verdict("observed"), "better"],
    ["known, passed", verdict("known"), verdict("passed"), "better"],
    ["known, failed in the same way", verdict("known"), verdict("failed"), null],
    ["failed, known", verdict("failed"), verdict("known"), null],
    ["passed, known", verdict("passed"), verdict("known"), "other"],
    [
      "observed with another outcome",
      verdict("observed", { actual: "success" }),
      verdict("observed", { actual: "X" }),
      "other",
    ],
    [
      "passed with another expected code",
      verdict("passed", { actual: "A" }),
      verdict("passed", { actual: "B" }),
      "other",
    ],
    ["a new warning", verdict("passed"), verdict("passed", { findings: [codeFinding("B", "should")] }), "other"],
    [
      "a warning that disappeared",
      verdict("passed", { findings: [codeFinding("B", "should")] }),
      verdict("passed"),
      "other",
    ],
    [
      "a new warning in addition to the failure",
      verdict("failed"),
      verdict("failed", { findings: [codeFinding("B"), codeFinding("C", "should")] }),
      "other",
    ],
  ])("%s", (_, before, after, kind) => {
    const since = changesBetween([before], [after]);
    expect(since.compared).toBe(1);
    expect(since.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(since.total).toBe(kind === null ? 0 : 1);
    expect(since.failing).toBe(since.total);
    expect([since.newlyUndecided, since.noVerdict]).toEqual([0, 0]);
  });

  test("is listed with its id and both outcomes, without values of the target", () => {
    const since = changesBetween([verdict("passed", { actual: "A" })], [verdict("failed")]);
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
  // Kind of change; the counts `failing`, `newlyUndecided` and `noVerdict`.
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
    // Whether the target implements an action is comparable.
    ["unimplemented", "passed", "other", 1, 0, 0],
    ["unimplemented", "failed", "other", 1, 0, 0],
    ["passed", "unimplemented", "other", 1, 1, 0],
    // A failure that the earlier run did not find counts as new.
    ["indeterminate", "failed", "added", 1, 0, 1],
    ["skipped", "failed", "added", 1, 0, 1],
  ])("%s, %s", (before, after, kind, failing, newlyUndecided, noVerdict) => {
    const since = changesBetween([verdict(before)], [verdict(after)]);
    expect(since.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect({ failing: since.failing, newlyUndecided: since.newlyUndecided, noVerdict: since.noVerdict }).toEqual({
      failing,
      newlyUndecided,
      noVerdict,
    });
    expect(since.compared).toBe(1 - noVerdict);
  });

  test.each<Status>(["skipped", "unimplemented"])(
    "a case that the target file declares as unsupported is no change: %s",
    (status) => {
      const since = changesBetween([verdict("passed")], [verdict(status)], { declaredByTarget: true });
      expect([since.failing, since.newlyUndecided, since.noVerdict]).toEqual([0, 0, 1]);
      expect(changesBetween([], [verdict(status)], { declaredByTarget: true })).toMatchObject({
        failing: 0,
        newlyUndecided: 0,
      });
    },
  );
});

describe("a case of only one run", () => {
  test.each<[Status, number, number]>([
    ["passed", 0, 0],
    ["observed", 0, 0],
    ["known", 0, 0],
    ["failed", 1, 0],
    ["indeterminate", 0, 1],
    ["skipped", 0, 1],
    ["unimplemented", 0, 1],
  ])("added and %s", (status, failing, newlyUndecided) => {
    const since = changesBetween([verdict("passed")], [verdict("passed"), verdictOf(1, status)]);
    expect(since.changes).toMatchObject([{ id: "p/s/Act/valid/case-1@tc3-post", kind: "added", before: "" }]);
    expect([since.total, since.failing, since.newlyUndecided]).toEqual([1, failing, newlyUndecided]);
  });

  const two = [verdictOf(0, "passed"), verdictOf(1, "failed")];
  test("a removed case is listed and does not fail the run", () => {
    const since = changesBetween(two, [verdictOf(0, "passed")], { earlierHeader: { select: ["q/**", "p/**"] } });
    expect(since.changes).toMatchObject([{ id: "p/s/Act/valid/case-1@tc3-post", kind: "removed", after: "" }]);
    expect([since.total, since.failing]).toEqual([1, 0]);
    expect(since.remarks).toEqual([]);
  });
  test.each<[string, Partial<Header>]>([
    ["selection", { select: ["**"] }],
    ["depth", { depth: "exhaustive" }],
    ["read-only mode", { readOnly: true }],
  ])("with another %s no case is removed, which a remark explains", (_, earlierHeader) => {
    const since = changesBetween(two, [verdictOf(0, "passed")], { earlierHeader });
    expect(since.total).toBe(0);
    expect(since.remarks).toEqual([expect.stringMatching(/another selection or depth/)]);
  });
});

describe("another seed", () => {
  const earlierHeader = { seed: 2 };
  const fuzz = (status: Status, n = 0) => verdictOf(n, status, { family: "fuzz" });

  test("generates other fuzz cases, which are counted and not compared", () => {
    const before = [fuzz("passed"), fuzz("failed", 1), verdictOf(2, "passed")];
    const after = [fuzz("failed"), fuzz("passed", 1), verdictOf(2, "passed")];
    const since = changesBetween(before, after, { earlierHeader });
    expect(since).toMatchObject({ total: 0, failing: 0, compared: 1 });
    expect(since.remarks).toContain("fuzz cases that differ from the earlier run and are not compared: 2; failed: 1");
  });
  test.each<[string, Partial<Header>]>([
    ["assay", { assay: "0.9.0" }],
    ["specs", { specs: "abd" }],
  ])("as does a difference in %s, which a remark explains", (word, headerFields) => {
    const since = changesBetween([fuzz("passed"), verdictOf(1, "passed")], [fuzz("failed"), verdictOf(1, "passed")], {
      earlierHeader: headerFields,
    });
    expect(since.total).toBe(0);
    expect(since.remarks[0]).toMatch(word);
  });
  test("but the same seed generates the same fuzz cases", () => {
    expect(changesBetween([fuzz("passed")], [fuzz("failed")]).changes).toMatchObject([{ kind: "worse" }]);
  });
  test("generates other values, so responses to undocumented values are not compared, but everything else is", () => {
    const withActual = (status: Status, actual: string, fields: Partial<Verdict> = {}) =>
      verdict(status, { actual, ...fields });
    const kinds = (before: Verdict, after: Verdict) =>
      changesBetween([before], [after], { earlierHeader }).changes.map((change) => change.kind);
    expect(kinds(withActual("observed", "success"), withActual("observed", "X"))).toEqual([]);
    expect(
      kinds(withActual("observed", "success"), withActual("observed", "X", { findings: [codeFinding("B", "should")] })),
    ).toEqual(["other"]);
    expect(kinds(withActual("passed", "A"), withActual("passed", "B"))).toEqual(["other"]);
    expect(kinds(withActual("passed", "A"), withActual("observed", "A"))).toEqual(["other"]);
    expect(kinds(withActual("observed", "success"), verdict("failed"))).toEqual(["worse"]);
  });
});

test("with --strict a new warning fails the run, and one that was there before does not", () => {
  const warned = verdict("passed", { findings: [codeFinding("B", "should")] });
  expect(changesBetween([], [warned]).failing).toBe(0);
  expect(changesBetween([], [warned], { strict: true }).failing).toBe(1);
  expect(changesBetween([warned], [warned], { strict: true }).failing).toBe(0);
});

test("remarks explain an empty comparison, an incomplete earlier log and another version of assay", () => {
  expect(changesBetween([], [verdict("passed")]).remarks).toEqual([expect.stringMatching(/nothing is compared/)]);
  const previous = { ...previousRun([verdict("passed")], { assay: "0.9.0" }), remarks: ["the earlier run broke off"] };
  const tracker = trackChanges(previous, header);
  tracker.record(verdict("passed"), false);
  expect(tracker.since().remarks).toEqual([
    "the earlier run broke off",
    "the earlier run was judged by assay 0.9.0, this one by assay 1.0.0: a change may be due to assay",
  ]);
});

test("the worst kind comes first, each kind is in plan order; a thousand changes are listed and all are counted", () => {
  const before = [0, 1, 2, 3].map((n) => verdictOf(n, n === 1 ? "failed" : "passed"));
  const after = [
    verdictOf(5, "passed"),
    verdictOf(4, "failed"),
    verdictOf(2, "failed"),
    verdictOf(1, "passed"),
    verdictOf(0, "failed"),
  ];
  const since = changesBetween(before, after);
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
  const manyChanges = changesBetween(many, [
    ...many.slice(0, 2500).map((v) => ({ ...v, actual: "X" })),
    verdictOf(2999, "failed"),
  ]);
  expect(manyChanges.changes).toHaveLength(1000);
  expect(manyChanges.changes[0]?.kind).toBe("worse");
  expect(manyChanges).toMatchObject({ total: 3000, failing: 2501, kinds: { worse: 1, other: 2500, removed: 499 } });
});
