/** Two recordings compared: each kind of change, differences that are no change, the exit code and the remarks. */
import { describe, expect, test } from "vitest";
import { judgedExchange } from "../../reports/testing/judged-exchange.ts";
import { footerOf, makeHeader, verdictOf } from "../../reports/testing/laws.ts";
import { recordingInMemory } from "../log/reader.ts";
import type { Finding, Footer, Header, Recording, Status, Verdict } from "../model/index.ts";
import { compareRuns } from "./compare-runs.ts";

const header = makeHeader({
  assay: "1.0.0",
  run: "run-a",
  select: [],
  started: "2026-01-01T00:00:00Z",
  rerun: "",
  specs: "abc",
});

interface RunFields {
  readonly header?: Partial<Header>;
  readonly footer?: Partial<Footer> | null;
}

const recording = (
  verdicts: readonly Verdict[],
  { header: headerFields = {}, footer = {} }: RunFields = {},
): Recording =>
  recordingInMemory({ ...header, ...headerFields }, verdicts, footer === null ? null : footerOf(verdicts, footer));

const headerOfB: Partial<Header> = { run: "run-b", started: "2026-01-02T00:00:00Z" };
const verdict = (status: Status, fields: Partial<Verdict> = {}) => verdictOf(0, status, fields);
const compared = (
  verdictsOfA: readonly Verdict[],
  verdictsOfB: readonly Verdict[],
  b: RunFields = {},
  a: RunFields = {},
) => compareRuns(recording(verdictsOfA, a), recording(verdictsOfB, { ...b, header: { ...headerOfB, ...b.header } }));

const codeFinding = (actual: string): Finding => ({
  check: "code",
  level: "must",
  location: "/Code",
  expected: ["A"],
  actual,
});

const withCodes = (...codes: string[]) => ({
  findings: codes.map((actual) => ({ ...codeFinding(actual), location: `/${actual}` })),
});
const manyCodes = Array.from({ length: 60 }, (_, n) => `Code${n}`);

describe("a case of both runs", () => {
  const [passed, failed, known] = [verdict("passed"), verdict("failed"), verdict("known")];
  const [indeterminate, errored] = [verdict("indeterminate"), verdict("errored")];
  const unimplemented = verdict("unimplemented", { actual: "" });
  test.each<[string, Verdict, Verdict, string | null, 0 | 1 | 3]>([
    ["passed, passed", passed, passed, null, 0],
    ["fails as before", failed, failed, null, 0],
    ["fails as a known failure of A does", known, failed, null, 0],
    ["passed and fails now", passed, failed, "worse", 1],
    ["fails with another code", failed, verdict("failed", { findings: [codeFinding("C")], actual: "C" }), "worse", 1],
    ["failed and passes now", failed, passed, "better", 0],
    ["gets another expected code", verdict("passed", { actual: "A" }), verdict("passed", { actual: "B" }), "other", 0],
    ["is no longer implemented", passed, unimplemented, "other", 3],
    ["is implemented now", unimplemented, passed, "other", 0],
    ["is implemented now, and fails", unimplemented, failed, "worse", 1],
    ["has no verdict now", passed, indeterminate, null, 3],
    ["has an error of assay now", passed, errored, null, 3],
    ["has an error of assay as before", errored, errored, null, 3],
    [
      "fails with fewer findings",
      verdict("failed", { findings: [codeFinding("B"), codeFinding("C")] }),
      failed,
      "better",
      0,
    ],
    [
      "fails with more findings",
      failed,
      verdict("failed", { findings: [codeFinding("B"), codeFinding("C")] }),
      "worse",
      1,
    ],
    [
      "fails with one equal and one new finding",
      verdict("failed", withCodes("B", "C")),
      verdict("failed", withCodes("B", "D")),
      "worse",
      1,
    ],
    [
      "fails with one finding less of very many",
      verdict("failed", withCodes(...manyCodes)),
      verdict("failed", withCodes(...manyCodes.slice(1))),
      "better",
      0,
    ],
    ["had no verdict, and has none", indeterminate, indeterminate, null, 3],
    ["had no verdict, and fails", indeterminate, failed, "added", 1],
    ["had no verdict, and passes", verdict("skipped"), passed, null, 3],
    ["passed and is a known failure of B", passed, known, "other", 0],
    ["had no verdict, and is a known failure of B", indeterminate, known, "added", 3],
    ["fails as before, and is a known failure of B", failed, known, null, 0],
    [
      "fails in another way, and is a known failure of B",
      failed,
      verdict("known", { findings: [codeFinding("C")] }),
      "other",
      0,
    ],
  ])("that %s", (_, before, after, kind, exit) => {
    const comparison = compared([before], [after]);
    expect(comparison.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(comparison.exit).toBe(exit);
    expect(comparison.isWorse).toBe(exit === 1);
    expect(comparison.total).toBe(kind === null ? 0 : 1);
  });

  test("without a verdict in B is listed once", () => {
    const { undecidedCases, changes, undecided } = compared([verdict("passed")], [verdict("indeterminate")]);
    expect(undecidedCases.map(({ id, before, after }) => [id, before, after])).toEqual([
      [verdict("passed").id, "passed: B", "indeterminate"],
    ]);
    expect([changes.length, undecided]).toEqual([0, 1]);
    const lost = compared([passed], [verdict("unimplemented")]);
    expect([lost.undecidedCases.length, lost.changes.length, lost.undecided]).toEqual([0, 1, 1]);
  });

  test("that is a known failure of B only is listed as failing, and is not worse", () => {
    const comparison = compared([passed, verdictOf(1, "known")], [known, verdictOf(1, "known")]);
    expect(comparison.changes).toMatchObject([
      { kind: "other", fails: true, known: true, after: "known: code at /Code: B, not A" },
    ]);
    expect(comparison.known).toBe(1);
    const warning = { ...codeFinding("C"), check: "status", level: "should" } as const;
    const [same] = compared([verdict("failed")], [verdict("known", { findings: [codeFinding("B"), warning] })]).changes;
    expect(same).toMatchObject({ kind: "other", fails: false });
    expect(same).not.toHaveProperty("known");
  });

  test("without a verdict in B is grouped by its reason in B, or by the response to the blocking call", () => {
    const reason = (n: number) => ({
      reason: n % 2 === 0 ? "the control call was not accepted: X" : "set-up: Create: X",
    });
    const blockedBy = { action: "p/s/Create", response: "X" };
    const before = (["passed", "observed", "failed", "passed"] as const).map((status, n) => verdictOf(n, status));
    const after = before.map((_, n) => verdictOf(n, "indeterminate", { ...reason(n), blockedBy }));
    const { groups } = compared(before, after);
    expect(groups).toMatchObject([{ kind: "undecided", cases: 4 }]);
    expect(groups[0]?.after).toBe("indeterminate: a needed call was not accepted: X");
    const withoutBlockedBy = compared(
      before,
      after.map(({ blockedBy: _, ...rest }) => rest),
    );
    expect(withoutBlockedBy.groups.map(({ cases }) => cases)).toEqual([2, 2]);
  });

  test("with an error of assay is undecided, whatever its status in A", () => {
    expect(
      compared([verdict("skipped"), verdictOf(1, "passed")], [verdict("errored"), verdictOf(1, "passed")]),
    ).toMatchObject({
      ...{ exit: 3, undecided: 1, noVerdict: 0, total: 0 },
      undecidedCases: [{ before: "skipped", after: "errored" }],
    });
  });
});

describe("a case of only one run", () => {
  const both = verdictOf(1, "passed");
  test("is added, and worse only where it fails", () => {
    expect(compared([both], [both, verdict("passed")])).toMatchObject({ exit: 0, isWorse: false, kinds: { added: 1 } });
    expect(compared([both], [both, verdict("failed")])).toMatchObject({ exit: 1, isWorse: true, kinds: { added: 1 } });
  });

  test("is undecided where it is added without a verdict", () => {
    const withAdded = (status: Status) => compared([both], [both, verdict(status)]);
    for (const status of ["errored", "indeterminate"] as const)
      expect(withAdded(status)).toMatchObject({ exit: 3, undecided: 1, kinds: { added: 1 } });
    expect(withAdded("skipped")).toMatchObject({ exit: 0, undecided: 0, kinds: { added: 1 } });
  });

  test("is known, and not worse, where it is added and a known failure of B", () => {
    const comparison = compared([both], [both, verdict("known")]);
    expect(comparison).toMatchObject({
      exit: 0,
      isWorse: false,
      newFailures: 0,
      known: 1,
      changes: [{ kind: "added", known: true }],
    });
  });

  test("is removed and undecided where A judged it, with the same or other specs", () => {
    for (const specs of ["abc", "def"])
      expect(compared([verdict("passed"), both], [both], { header: { specs } })).toMatchObject({
        ...{ exit: 3, undecided: 1, missing: 1, differ: 0, cases: 1 },
        ...{ only: { a: 1, b: 0 }, kinds: { removed: 1 } },
      });
    expect(compared([verdict("skipped"), both], [both])).toMatchObject({
      exit: 0,
      undecided: 0,
      kinds: { removed: 1 },
    });
  });

  test.each<Partial<Header>>([{ select: ["p/**"] }, { depth: "quick" }, { readOnly: true }])(
    "is undecided where B did not select it, counted and not listed: %o",
    (headerFields) => {
      const comparison = compared([verdict("passed"), both, verdictOf(2, "skipped")], [both], { header: headerFields });
      expect(comparison).toMatchObject({
        exit: 3,
        cases: 1,
        total: 0,
        agree: 1,
        undecided: 1,
        missing: 1,
        only: { a: 2 },
      });
      expect([comparison.samePlan, comparison.changes, comparison.undecidedCases, comparison.a.counts.passed]).toEqual([
        false,
        [],
        [],
        2,
      ]);
      expect(comparison.actions[0]?.undecided).toBe(1);
      expect(comparison.remarks.join()).toContain("selection");
    },
  );

  test("is undecided in actions that B does not have", () => {
    const onlyInA = verdict("passed", { action: "p/s/Other" });
    const comparison = compared([onlyInA, both], [both], { header: { select: ["p/s/Act/**"] } });
    expect(comparison.actions.map(({ action, undecided }) => [action, undecided])).toEqual([
      ["p/s/Act", 0],
      ["p/s/Other", 1],
    ]);
  });
});

describe("an incomplete run", () => {
  const both = [verdictOf(1, "passed")];
  test.each<[string, RunFields, RunFields]>([
    ["B broke off", { footer: null }, {}],
    ["B was interrupted", { footer: { interrupted: true } }, {}],
    ["A broke off", {}, { footer: null }],
    ["A was interrupted", {}, { footer: { interrupted: true } }],
  ])("leaves the comparison undecided, unless a case fails: %s", (_, b, a) => {
    expect(compared(both, both, b, a)).toMatchObject({ exit: 3, isWorse: false, total: 0, agree: 1 });
    expect(compared(both, [verdictOf(1, "failed")], b, a)).toMatchObject({ exit: 1 });
  });
});

describe("responses", () => {
  const withResponse = (body: string, more: Partial<Verdict> = {}) =>
    verdict("passed", { exchanges: [judgedExchange(body)], ...more });

  test("that differ are a change that does not fail", () => {
    const comparison = compared([withResponse('{"N":1}')], [withResponse('{"N":2}')]);
    expect(comparison).toMatchObject({ responses: 1, agree: 0, exit: 0, kinds: { other: 1 } });
    const response = [{ location: "/N", before: "1", after: "2" }];
    expect(comparison.changes[0]).toMatchObject({ before: "response: /N 1", after: "response: /N 2", response });
    expect(compared([withResponse('{"N":1}')], [withResponse('{"N":1}')])).toMatchObject({
      responses: 1,
      agree: 1,
      total: 0,
    });
  });

  test("that differ are part of a changed verdict", () => {
    const failed = { ...withResponse('{"N":2}'), ...{ status: "failed", findings: [codeFinding("C")] } } as Verdict;
    const [change] = compared([withResponse('{"N":1}')], [failed]).changes;
    expect(change).toMatchObject({ kind: "worse", response: [{ location: "/N", before: "1", after: "2" }] });
  });

  test("to undocumented values and of fuzz cases are not compared between seeds", () => {
    const observed = { status: "observed" as const };
    const seed = { header: { seed: 2 } };
    const [before, after] = [withResponse('{"N":1}', observed), withResponse('{"N":2}', observed)];
    expect(compared([before], [after])).toMatchObject({ total: 1, responses: 1 });
    expect(compared([before], [after], seed)).toMatchObject({ total: 0, responses: 0, compared: 1 });
    const passing = [verdict("passed", { family: "fuzz" })];
    const failing = [verdict("failed", { family: "fuzz" })];
    expect(compared(passing, failing)).toMatchObject({ exit: 1, compared: 1 });
    const otherSeed = compared(failing, passing, seed);
    expect(otherSeed).toMatchObject({ exit: 3, compared: 0, total: 0 });
    expect(otherSeed.remarks.join()).toContain("1 fuzz case differs");
  });

  test("with another seed, a fuzz case that fails as no case of A did is a failure that only B has", () => {
    const seed = { header: { seed: 2 } };
    const fuzz = (status: Status, fields: Partial<Verdict> = {}) => verdict(status, { family: "fuzz", ...fields });
    const passed = verdictOf(1, "passed");
    const newFailure = compared([fuzz("passed"), passed], [fuzz("failed"), passed], seed);
    expect(newFailure).toMatchObject({ exit: 1, isWorse: true, total: 1, differ: 1, kinds: { added: 1 } });
    // A has the same failure in a case of another family or in a fuzz case, with any expected codes.
    const expected = { findings: [{ ...codeFinding("B"), expected: ["Z"] }] };
    for (const failed of [verdictOf(1, "failed", expected), verdictOf(1, "known", { ...expected, family: "fuzz" })])
      expect(compared([fuzz("passed"), failed], [fuzz("failed"), failed], seed)).toMatchObject({
        isWorse: false,
        total: 0,
      });
    const otherAction = verdictOf(1, "failed", { action: "p/s/Other" });
    expect(compared([fuzz("passed"), otherAction], [fuzz("failed"), otherAction], seed)).toMatchObject({
      exit: 1,
      total: 1,
    });
    expect(compared([fuzz("passed"), passed], [fuzz("known"), passed], seed)).toMatchObject({ exit: 0, known: 1 });
  });

  test("that are in only one log, or in neither, have a remark", () => {
    const oneLog = compared([withResponse("{}")], [verdict("passed", { actual: "B" })]);
    expect(oneLog).toMatchObject({ responses: 0, agree: 1 });
    expect(oneLog.remarks).toEqual([expect.stringContaining("only one of the two logs")]);
    expect(compared([verdict("passed")], [verdict("passed")]).remarks).toEqual([
      expect.stringContaining("--record all"),
    ]);
  });
});

describe("a warning where B ran with --strict", () => {
  const warning: Finding = { ...codeFinding("B"), level: "should" };
  const warned = verdict("passed", { findings: [warning] });
  const strict = { header: { strict: true } };
  test.each<[string, Verdict | undefined, Verdict, string | null, 0 | 1]>([
    ["new", verdict("passed"), warned, "worse", 1],
    ["another", verdict("passed", { findings: [{ ...warning, location: "/Other" }] }), warned, "worse", 1],
    ["the same", warned, warned, null, 0],
    ["no longer there", warned, verdict("passed"), "other", 0],
    ["instead of a failure", verdict("failed"), warned, "better", 0],
    ["of a case that only B has", undefined, warned, "added", 1],
  ])("that is %s", (_, before, after, kind, exit) => {
    const rest = verdictOf(1, "passed");
    const comparison = compared(before ? [before, rest] : [rest], [after, rest], strict, strict);
    expect(comparison.changes.map((change) => change.kind)).toEqual(kind === null ? [] : [kind]);
    expect(comparison.exit).toBe(exit);
  });
  test("is listed, and does not fail, where B ran without --strict", () => {
    expect(compared([verdict("passed")], [warned])).toMatchObject({ exit: 0, kinds: { other: 1 } });
  });
});

describe("a comparison", () => {
  test("is undecided where a log has fewer verdicts than its footer plans", () => {
    const verdicts = [verdict("passed")];
    expect(compared(verdicts, verdicts, { footer: { planned: 50 } })).toMatchObject({
      exit: 3,
      b: { complete: false },
    });
  });

  test("lists a thousand changes, the worst first and in plan order, and counts all by action", () => {
    const many = (status: Status) => Array.from({ length: 1200 }, (_, n) => verdictOf(n, status));
    const before = [...many("passed"), verdictOf(1200, "failed", { action: "p/s/Other" })];
    const after = [...many("failed"), verdictOf(1200, "passed", { action: "p/s/Other" })];
    const { changes, total, kinds, actions } = compared(before, after);
    expect(changes).toHaveLength(1000);
    expect(changes.map(({ kind }) => kind)).not.toContain("better");
    expect(changes[0]?.id).toBe(before[0]?.id);
    expect([total, kinds.worse, kinds.better]).toEqual([1201, 1200, 1]);
    expect(actions.map((row) => [row.action, row.compared, row.agree, row.kinds.worse, row.kinds.better])).toEqual([
      ["p/s/Act", 1200, 0, 1200, 0],
      ["p/s/Other", 1, 0, 0, 1],
    ]);
  });

  test("of a run with itself, or with the same cases in another order, has no change", () => {
    const verdicts = (["passed", "failed", "known", "observed"] as const).map((status, n) => verdictOf(n, status));
    expect(compared(verdicts, verdicts)).toMatchObject({ total: 0, agree: 4, exit: 0 });
    const reversed = verdicts.toReversed().map((verdict, planIndex) => ({ ...verdict, planIndex }));
    expect(compared(verdicts, reversed)).toMatchObject({ total: 0, agree: 4, exit: 0 });
  });

  test("treats the second case of a repeated id in a damaged log as added, and never as removed", () => {
    const twice = [verdict("passed"), verdictOf(1, "passed", { id: verdict("passed").id })];
    expect(compared([verdict("passed")], twice)).toMatchObject({ kinds: { added: 1, removed: 0 } });
    expect(compared(twice, [verdict("passed")])).toMatchObject({ kinds: { added: 0, removed: 0 } });
  });

  test("has remarks on the differences of the runs other than their targets", () => {
    const remarks = (b: RunFields, a: RunFields = {}) =>
      compared([verdict("passed")], [verdict("passed")], b, a).remarks.join("\n");
    expect(remarks({ footer: null })).toContain("B broke off");
    expect(remarks({}, { footer: { interrupted: true } })).toContain("A was interrupted");
    expect(remarks({ header: { assay: "2.0.0" } })).toContain("A was judged by assay 1.0.0, B by assay 2.0.0");
    expect(remarks({ header: { specs: "def" } })).toContain("specs");
    expect(remarks({ header: { seed: 7 } })).toContain("seeds are 1 and 7");
    expect(remarks({ header: { depth: "quick" } })).toContain("depth");
    expect(compared([], []).remarks.join()).toContain("nothing is compared");
    expect(compared([], []).exit).toBe(3);
  });
});
