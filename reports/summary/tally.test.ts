/** Tally: the causes of verdicts and the counts. */
import { describe, expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Finding, Header, Status, Verdict } from "../../runner/model/index.ts";
import { footerOf, verdictOf } from "../testing/laws.ts";
import { describeFinding } from "../text/sentences.ts";
import { causeKey } from "./cause.ts";
import { runRemarks } from "./run-remarks.ts";
import { countCauses, tallyVerdicts } from "./tally.ts";

const finding: Finding = { check: "code", level: "must", location: "/Code", expected: ["A", "B"], actual: "C" };
const warning: Finding = { ...finding, level: "should" };

function counted(verdicts: readonly Verdict[]) {
  return tallyVerdicts(recordingInMemory({} as Header, verdicts, null));
}

describe("a cause", () => {
  test("consists of the must findings, or of all findings if there is no must finding", () => {
    const both = causeKey(verdictOf(0, "failed", { findings: [warning, finding] }));
    expect(both).toEqual(causeKey(verdictOf(1, "failed", { findings: [finding] })));
    expect(causeKey(verdictOf(0, "failed", { findings: [warning] }))?.findings).toHaveLength(1);
  });
  test("does not exist for a verdict that passed without a warning or was observed", () => {
    expect(causeKey(verdictOf(0, "passed"))).toBeNull();
    expect(causeKey(verdictOf(0, "observed", { findings: [warning] }))).toBeNull();
    expect(causeKey(verdictOf(0, "passed", { findings: [warning] }))?.status).toBe("warning");
  });
  test("groups cases of several actions, whatever their values, and keeps three examples", () => {
    const verdicts = Array.from({ length: 412 }, (_, n) =>
      verdictOf(n, "failed", {
        action: `p/s/${n % 2}`,
        rule: `p/s/${n % 2}/rule/A`,
        findings: [{ ...finding, check: "output", location: `/List/${n}`, actual: `value ${n}` }],
      }),
    );
    const { causes } = counted(verdicts);
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({ cases: 412, actions: 2, examples: [{ rule: "p/s/0/rule/A" }, {}, {}] });
    expect(causes[0]?.examples.map((example) => example.id)).toEqual(verdicts.slice(0, 3).map((verdict) => verdict.id));
  });
  test("differs for another status, location, code or reason", () => {
    const differing: Partial<Verdict>[] = [
      {},
      { status: "known" },
      { findings: [{ ...finding, location: "/Other" }] },
      { findings: [{ ...finding, expected: ["Z"] }] },
      { findings: [{ ...finding, actual: "D" }] },
      { findings: [], reason: "one" },
      { findings: [], reason: "two" },
    ];
    const verdicts = differing.map((change, n) => verdictOf(n, "failed", { findings: [finding], ...change }));
    expect(counted(verdicts).causes).toHaveLength(differing.length);
  });
  test("is the same whether one or two calls of a case fail in the same way", () => {
    const output: Finding = { ...finding, check: "output" };
    const twice = [output, { ...output, actual: "D" }];
    const { causes } = counted([verdictOf(0, "failed", { findings: twice }), verdictOf(1, "failed")]);
    expect(causes.map(({ cases, findings }) => [cases, findings.length])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const same = counted([0, 1].map((n) => verdictOf(n, "failed", { findings: Array(n + 1).fill(finding) }))).causes;
    expect(same).toMatchObject([{ cases: 2, examples: [{ sentences: [describeFinding(finding)] }, {}] }]);
  });
  test("is the same for all cases that a call blocks; the sentence has the call and the number of its failed cases", () => {
    const blockedBy = { action: "p/s/Create", response: "HTTP 201" };
    const other = { ...blockedBy, action: "p/s/Other" };
    const { causes } = counted([
      verdictOf(0, "indeterminate", { reason: "its control was not accepted: HTTP 201", blockedBy }),
      verdictOf(1, "indeterminate", { action: "p/s/Delete", reason: "set-up: Create: HTTP 201", blockedBy }),
      verdictOf(2, "failed", { action: "p/s/Create", findings: [finding] }),
      verdictOf(3, "indeterminate", { reason: "set-up: Create: Busy", blockedBy: { ...blockedBy, response: "Busy" } }),
    ]);
    expect(causes.map(({ cases }) => cases)).toEqual([1, 2, 1]);
    expect(causes[1]?.blockers).toEqual([{ action: "p/s/Create", cases: 2, failed: 1 }]);
    expect(causes[1]?.examples[0]?.sentences).toEqual([
      "a needed call was not accepted: HTTP 201",
      "that call is p/s/Create, of which 1 case failed",
    ]);
    expect(causes[0]?.blockers).toEqual([]);
    const two = counted(
      [blockedBy, other, blockedBy].map((by, n) => verdictOf(n, "indeterminate", { blockedBy: by })),
    ).causes;
    expect(two[0]?.examples[0]?.sentences[1]).toBe("that call is p/s/Create for 2 of them; 1 other call for the rest");
  });
  test("comes before causes of its kind with fewer cases; failures come first", () => {
    const order: [Status, string][] = [
      ["skipped", "a"],
      ["skipped", "b"],
      ["skipped", "b"],
      ["errored", "c"],
      ["failed", ""],
    ];
    const { causes } = counted(order.map(([status, reason], n) => verdictOf(n, status, { reason })));
    expect(causes.map(({ status, reason }) => [status, reason])).toEqual([
      ["failed", ""],
      ["errored", "c"],
      ["skipped", "b"],
      ["skipped", "a"],
    ]);
  });
});

test("beyond 5,000 causes of a kind the rest is one cause with its own reason, and every case is counted", () => {
  const many = 5200;
  const verdicts = Array.from({ length: many }, (_, n) => verdictOf(n, "errored", { reason: `cause ${n % 5100}` }));
  const other = verdictOf(many, "failed", { findings: [finding] });
  const { causes } = counted([...verdicts, other]);
  expect(causes[0]?.status).toBe("failed");
  const errored = causes.filter((cause) => cause.status === "errored");
  expect(errored).toHaveLength(5001);
  expect(errored.reduce((sum, { cases }) => sum + cases, 0)).toBe(many);
  const rest = errored.find(({ reason }) => reason.startsWith("beyond"));
  expect(rest).toMatchObject({ cases: 100, findings: [], reason: "beyond 5000 causes, which are counted together" });
  expect(rest?.examples[0]).toMatchObject({ id: verdicts[5000]?.id, sentences: [rest?.reason] });
});

test("the number of such causes is given as a lower bound", () => {
  const verdicts = Array.from({ length: 5003 }, (_, n) => verdictOf(n, "errored", { reason: `cause ${n}` }));
  const { causes } = counted(verdicts);
  // The rest has three cases, the most of all causes, so it comes first.
  expect(countCauses(causes)).toBe("more than 5,000 causes");
  expect(countCauses(causes.slice(0, 21), "more cause")).toBe("more than 20 more causes");
  expect(countCauses(causes.slice(20), "more cause")).toBe("4981 more causes");
  expect(countCauses(counted(verdicts.slice(0, 5000)).causes)).toBe("5000 causes");
  expect(countCauses(causes.slice(1, 2))).toBe("1 cause");
});

test("cases that passed with a warning are counted once each, by action", () => {
  const { actions } = counted([
    verdictOf(0, "passed", { findings: [warning, warning] }),
    verdictOf(1, "passed"),
    verdictOf(2, "failed", { findings: [finding, warning] }),
  ]);
  expect([...actions.values()].map(({ warned }) => warned)).toEqual([1]);
});

test("counts, warnings and durations are summed by action and over all", () => {
  const { actions, counts, warnings, ms } = counted([
    verdictOf(0, "passed", { findings: [warning, warning], durationMs: 5 }),
    verdictOf(1, "failed", { action: "p/s/Other", findings: [finding, warning], durationMs: 7 }),
  ]);
  expect({ passed: counts.passed, failed: counts.failed, warnings, ms }).toEqual({
    passed: 1,
    failed: 1,
    warnings: 2,
    ms: 12,
  });
  expect([...actions].map(([id, own]) => [id, own.counts.passed, own.counts.failed, own.ms])).toEqual([
    ["p/s/Act", 1, 0, 5],
    ["p/s/Other", 0, 1, 7],
  ]);
});

test("each difference between footer and verdicts is a remark; without differences there is none", () => {
  const verdicts = [verdictOf(0, "passed")];
  const about = (more: Parameters<typeof footerOf>[1]): string[] => {
    const recording = recordingInMemory({} as Header, verdicts, footerOf(verdicts, more));
    return runRemarks(recording, tallyVerdicts(recording)).map((remark) => `${remark.kind} ${remark.about}`);
  };
  expect(about({})).toEqual([]);
  expect(about({ planned: 2 })).toEqual(["error counts"]);
  expect(about({ warnings: 1 })).toEqual(["error counts"]);
  expect(about({ counts: { ...footerOf(verdicts).counts, passed: 0, failed: 1 } })).toEqual([
    "error counts",
    "error counts",
  ]);
  expect(about({ staleKnownFailures: ["x"], runProblems: ["t"], leftovers: 1, interrupted: true })).toEqual([
    "failure stale",
    "note interrupted",
    "note run problem",
    "note leftovers",
  ]);
  expect(about({ died: ["a", "b"], lost: ["c"] })).toEqual(["failure died", "failure lost"]);
});

test("a run in which nothing passed, because valid calls got HTTP 500, has that as its first remark", () => {
  const firstRemark = (...verdicts: Verdict[]) => {
    const recording = recordingInMemory({} as Header, verdicts, footerOf(verdicts));
    return runRemarks(recording, tallyVerdicts(recording))[0]?.text;
  };
  const crash: Verdict = { ...verdictOf(0, "failed"), actual: "HTTP 500", expect: { outcome: "success" } };
  const blocked = verdictOf(1, "indeterminate");
  expect(firstRemark(crash, blocked)).toBe(
    "No case passed: the target failed by itself, with HTTP 500, at 1 valid call.",
  );
  expect(firstRemark(crash, blocked, verdictOf(2, "passed"))).toBeUndefined();
  expect(firstRemark({ ...crash, expect: { outcome: "refused", codes: ["x"] } }, blocked)).toBeUndefined();
});
