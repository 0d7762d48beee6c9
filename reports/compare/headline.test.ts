/** The headline of a comparison: the verdict on B, and how many of A's cases it rests on. */
import { describe, expect, test } from "vitest";
import { compareRuns } from "../../runner/compare/compare-runs.ts";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Footer, Header, Status, Verdict } from "../../runner/model/index.ts";
import { footerOf, makeHeader, verdictOf } from "../testing/laws.ts";
import { comparisonHeadline } from "./headline.ts";

const header = makeHeader({
  assay: "1.0.0",
  run: "run-a",
  select: [],
  started: "2026-01-02T00:00:00Z",
  rerun: "",
  specs: "abc",
});

interface Run {
  readonly verdicts: readonly Verdict[];
  readonly header?: Partial<Header>;
  readonly footer?: Partial<Footer> | null;
}

const headlineOf = (a: Run, b: Run): string => {
  const [recordingA, recordingB] = [a, b].map(({ verdicts, header: overrides = {}, footer = {} }) =>
    recordingInMemory({ ...header, ...overrides }, verdicts, footer && footerOf(verdicts, footer)),
  );
  if (recordingA === undefined || recordingB === undefined) throw new Error("expected two recordings");
  const compared = compareRuns(recordingA, recordingB);
  return `${comparisonHeadline(compared)} exit ${compared.exit}`;
};

/** Verdicts of one status; `from` is the plan index of the first. */
const verdictsOf = (count: number, status: Status, from = 0) =>
  Array.from({ length: count }, (_, i) => verdictOf(from + i, status));

const allPassed = { verdicts: verdictsOf(398, "passed") };
const selection = { select: ["p/**"] };

describe("B lacks cases of A", () => {
  test.each<[string, Run, Run, string]>([
    [
      "because of its selection",
      allPassed,
      { verdicts: verdictsOf(54, "passed"), header: selection },
      "B is undecided: only 54 of A's 398 cases are in B (different selection or depth); those agree. exit 3",
    ],
    [
      "because of its depth, and one differs",
      allPassed,
      { verdicts: [...verdictsOf(53, "passed"), ...verdictsOf(1, "observed", 53)], header: { depth: "quick" } },
      "B is undecided: only 54 of A's 398 cases are in B (different selection or depth); 1 of 54 cases differs (1 other). exit 3",
    ],
    [
      "and those that it has are worse",
      allPassed,
      { verdicts: [...verdictsOf(50, "passed"), ...verdictsOf(4, "failed", 50)], header: selection },
      "B is worse than A: only 54 of A's 398 cases are in B (different selection or depth); 4 of 54 cases differ (4 worse). exit 1",
    ],
    [
      "because of different specs",
      allPassed,
      { verdicts: verdictsOf(397, "passed"), header: { specs: "def" } },
      "B is undecided: only 397 of A's 398 cases are in B (different specs); those agree. exit 3",
    ],
    [
      "and has none of them",
      { verdicts: verdictsOf(2, "passed") },
      { verdicts: [], header: selection },
      "B is undecided: none of A's 2 cases are in B (different selection or depth). exit 3",
    ],
    [
      "which A did not judge",
      { verdicts: [...verdictsOf(2, "passed"), ...verdictsOf(1, "skipped", 2)] },
      { verdicts: verdictsOf(2, "passed") },
      "B agrees with A: 2 cases, no change; 1 is only in A, which did not judge it. exit 0",
    ],
    [
      "because it broke off",
      allPassed,
      { verdicts: verdictsOf(54, "passed"), footer: null },
      "B broke off after 54 cases. B is undecided: only 54 of A's 398 cases are in B; those agree. exit 3",
    ],
    [
      "because it was interrupted, and is worse",
      { verdicts: verdictsOf(3, "passed") },
      { verdicts: verdictsOf(1, "failed"), footer: { interrupted: true } },
      "B was interrupted after 1 case. B is worse than A: only 1 of A's 3 cases is in B; 1 of 1 case differs (1 worse). exit 1",
    ],
    [
      "or has all cases, but no footer",
      { verdicts: verdictsOf(3, "passed") },
      { verdicts: verdictsOf(3, "passed"), footer: null },
      "B broke off after 3 cases. B is undecided: 3 cases agree. exit 3",
    ],
  ])("%s", (_, a, b, expected) => {
    expect(headlineOf(a, b)).toBe(expected);
  });
});

describe("B has more than A", () => {
  test.each<[string, Run, Run, string]>([
    [
      "because A broke off: additional cases are no difference",
      { verdicts: verdictsOf(100, "passed"), footer: null },
      { verdicts: verdictsOf(4278, "passed") },
      "A broke off after 100 cases. B is undecided: 100 cases agree; 4,178 are only in B. exit 3",
    ],
    [
      "of which some fail",
      { verdicts: verdictsOf(2, "passed") },
      { verdicts: [...verdictsOf(2, "passed"), ...verdictsOf(3, "passed", 2), ...verdictsOf(2, "failed", 5)] },
      "B is worse than A: 5 are only in B, 2 of which fail; 2 cases agree. exit 1",
    ],
    [
      "of which one has no verdict",
      { verdicts: verdictsOf(2, "passed") },
      { verdicts: [...verdictsOf(2, "passed"), ...verdictsOf(1, "errored", 2)] },
      "B is undecided: 1 case that A did not judge has no verdict in B; 2 cases agree; 1 is only in B. exit 3",
    ],
    [
      "and the rest is better",
      { verdicts: verdictsOf(2, "failed") },
      { verdicts: verdictsOf(3, "passed"), header: { specs: "def" } },
      "B is better than A: 2 of 2 cases differ (2 better); 1 is only in B. exit 0",
    ],
  ])("%s", (_, a, b, expected) => {
    expect(headlineOf(a, b)).toBe(expected);
  });
});

describe("a failure that B's list of known failures accepts", () => {
  test.each<[string, Run, Run, string]>([
    [
      "is reported, and is not worse",
      { verdicts: verdictsOf(9, "passed") },
      { verdicts: [...verdictsOf(3, "known"), ...verdictsOf(6, "passed", 3)] },
      "B is not worse than A except for its known failures: 3 of 9 cases differ (3 other); 3 fail in B as accepted by its list of known failures. exit 0",
    ],
    [
      "does not cover other failures",
      { verdicts: verdictsOf(3, "passed") },
      { verdicts: [...verdictsOf(1, "known"), ...verdictsOf(2, "failed", 1)] },
      "B is worse than A: 3 of 3 cases differ (2 worse, 1 other); 1 fails in B as accepted by its list of known failures. exit 1",
    ],
    [
      "is no change where A failed as well",
      { verdicts: verdictsOf(2, "failed") },
      { verdicts: verdictsOf(2, "known") },
      "B agrees with A: 2 cases, no change. exit 0",
    ],
    [
      "may be in an additional case",
      { verdicts: verdictsOf(2, "passed") },
      { verdicts: [...verdictsOf(2, "passed"), ...verdictsOf(1, "known", 2)] },
      "B agrees with A: 2 cases, no change; 1 is only in B; 1 fails in B as accepted by its list of known failures. exit 0",
    ],
  ])("%s", (_, a, b, expected) => {
    expect(headlineOf(a, b)).toBe(expected);
  });
});
