/** Exit codes: the first that holds. */
import { describe, expect, test } from "vitest";
import type { Counts } from "../model/index.ts";
import { exitCode, type RunOutcome } from "./exit-code.ts";

const none: Counts = {
  passed: 0,
  failed: 0,
  known: 0,
  observed: 0,
  skipped: 0,
  unimplemented: 0,
  indeterminate: 0,
  errored: 0,
};

function ending(counts: Partial<Counts>, more: Partial<RunOutcome> = {}): RunOutcome {
  const all = { ...none, ...counts };
  const planned = Object.values(all).reduce((a, b) => a + b, 0);
  return {
    planned,
    counts: all,
    interrupted: false,
    stale: 0,
    excused: 0,
    strictWarnings: 0,
    actionsWithoutPass: 0,
    left: 0,
    ...more,
  };
}

test.each<[string, RunOutcome, number]>([
  ["all passed", ending({ passed: 9 }), 0],
  ["all passed, and something is left behind", ending({ passed: 9 }, { left: 1 }), 3],
  ["known and observed are no failure", ending({ passed: 1, known: 1, observed: 1 }), 0],
  ["one failed", ending({ passed: 9, failed: 1 }), 1],
  ["failed comes before indeterminate", ending({ failed: 1, indeterminate: 1 }), 1],
  ["a stale known failure", ending({ passed: 9 }, { stale: 1 }), 1],
  ["a warning under --strict", ending({ passed: 9 }, { strictWarnings: 1 }), 1],
  ["one indeterminate", ending({ passed: 9, indeterminate: 1 }), 3],
  ["one skipped", ending({ passed: 9, skipped: 1 }), 3],
  ["one skipped that the target announced", ending({ passed: 9, skipped: 1 }, { excused: 1 }), 0],
  ["one unimplemented", ending({ passed: 9, unimplemented: 1 }), 3],
  ["an action of which nothing passed", ending({ passed: 9 }, { actionsWithoutPass: 1 }), 3],
  ["errored comes before failed", ending({ failed: 1, errored: 1 }), 4],
  ["a verdict that got lost", ending({ passed: 9 }, { planned: 10 }), 4],
  ["an interruption comes before all", ending({ errored: 1 }, { interrupted: true }), 130],
])("%s", (_, e, code) => {
  expect(exitCode(e)).toBe(code);
});

const since = (more: Partial<NonNullable<RunOutcome["since"]>> = {}) => ({
  since: { compared: 9, failing: 0, newlyUndecided: 0, ...more },
});

describe("with --since", () => {
  test.each<[string, RunOutcome, number]>([
    ["all as it was", ending({ passed: 9 }, since()), 0],
    ["what failed before fails", ending({ passed: 6, failed: 3 }, since()), 0],
    ["what was open before is open", ending({ passed: 6, indeterminate: 2, skipped: 1 }, since()), 0],
    ["warnings under --strict that were there before", ending({ passed: 9 }, { ...since(), strictWarnings: 4 }), 0],
    [
      "an action of which nothing passed before either",
      ending({ failed: 9 }, { ...since(), actionsWithoutPass: 1 }),
      0,
    ],
    ["one change", ending({ passed: 9 }, since({ failing: 1 })), 1],
    ["a stale known failure", ending({ passed: 9 }, { ...since(), stale: 1 }), 1],
    ["one without a verdict that had one", ending({ passed: 8, indeterminate: 1 }, since({ newlyUndecided: 1 })), 3],
    ["a change comes before it", ending({ failed: 8, indeterminate: 1 }, since({ failing: 1, newlyUndecided: 1 })), 1],
    ["nothing to compare", ending({ indeterminate: 9 }, since({ compared: 0 })), 3],
    ["nothing to compare but failures that nobody knew", ending({ failed: 9 }, since({ compared: 0, failing: 9 })), 1],
    ["nothing to compare, as the target said", ending({ skipped: 9 }, { ...since({ compared: 0 }), excused: 9 }), 0],
    ["errored comes before a change", ending({ errored: 1 }, since({ failing: 1 })), 4],
    ["a verdict that got lost", ending({ passed: 9 }, { ...since(), planned: 10 }), 4],
    ["an interruption comes before all", ending({ errored: 1 }, { ...since({ failing: 1 }), interrupted: true }), 130],
  ])("%s", (_, e, code) => {
    expect(exitCode(e)).toBe(code);
  });
});
