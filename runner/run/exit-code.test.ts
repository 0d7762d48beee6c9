/** Exit codes: the first condition that holds decides. */
import { describe, expect, test } from "vitest";
import type { Counts } from "../model/index.ts";
import { exitCode, type RunOutcome } from "./exit-code.ts";

const noCounts: Counts = {
  passed: 0,
  failed: 0,
  known: 0,
  observed: 0,
  skipped: 0,
  unimplemented: 0,
  indeterminate: 0,
  errored: 0,
};

function outcomeOf(counts: Partial<Counts>, more: Partial<RunOutcome> = {}): RunOutcome {
  const all = { ...noCounts, ...counts };
  const planned = Object.values(all).reduce((a, b) => a + b, 0);
  return {
    planned,
    counts: all,
    interrupted: false,
    staleKnownFailures: 0,
    declaredByTarget: 0,
    strictWarnings: 0,
    actionsWithoutPass: 0,
    leftovers: 0,
    ...more,
  };
}

test.each<[string, RunOutcome, number]>([
  ["all passed", outcomeOf({ passed: 9 }), 0],
  ["all passed, and a resource could not be deleted", outcomeOf({ passed: 9 }, { leftovers: 1 }), 3],
  ["known and observed cases are no failure", outcomeOf({ passed: 1, known: 1, observed: 1 }), 0],
  ["one failed", outcomeOf({ passed: 9, failed: 1 }), 1],
  ["failed comes before indeterminate", outcomeOf({ failed: 1, indeterminate: 1 }), 1],
  ["a stale known failure", outcomeOf({ passed: 9 }, { staleKnownFailures: 1 }), 1],
  ["a warning with --strict", outcomeOf({ passed: 9 }, { strictWarnings: 1 }), 1],
  ["a resource that the target lost", outcomeOf({ passed: 9 }, { lost: 1 }), 1],
  ["a control of which the target died", outcomeOf({ passed: 1, indeterminate: 8 }, { died: 1 }), 1],
  ["one indeterminate", outcomeOf({ passed: 9, indeterminate: 1 }), 3],
  ["one skipped", outcomeOf({ passed: 9, skipped: 1 }), 3],
  ["one skipped that the target file declares", outcomeOf({ passed: 9, skipped: 1 }, { declaredByTarget: 1 }), 0],
  ["one unimplemented", outcomeOf({ passed: 9, unimplemented: 1 }), 3],
  ["an action without a passed case", outcomeOf({ passed: 9 }, { actionsWithoutPass: 1 }), 3],
  ["errored comes before failed", outcomeOf({ failed: 1, errored: 1 }), 4],
  ["fewer verdicts than planned cases", outcomeOf({ passed: 9 }, { planned: 10 }), 4],
  ["an interruption comes before everything else", outcomeOf({ errored: 1 }, { interrupted: true }), 130],
])("%s", (_, outcome, code) => {
  expect(exitCode(outcome)).toBe(code);
});

const since = (more: Partial<NonNullable<RunOutcome["since"]>> = {}) => ({
  since: { compared: 9, failing: 0, newlyUndecided: 0, ...more },
});

describe("with --since", () => {
  test.each<[string, RunOutcome, number]>([
    ["no change", outcomeOf({ passed: 9 }, since()), 0],
    ["the same failures as before", outcomeOf({ passed: 6, failed: 3 }, since()), 0],
    ["the same undecided cases as before", outcomeOf({ passed: 6, indeterminate: 2, skipped: 1 }, since()), 0],
    ["the same warnings as before, with --strict", outcomeOf({ passed: 9 }, { ...since(), strictWarnings: 4 }), 0],
    ["an action without a passed case, as before", outcomeOf({ failed: 9 }, { ...since(), actionsWithoutPass: 1 }), 0],
    ["one change", outcomeOf({ passed: 9 }, since({ failing: 1 })), 1],
    ["a stale known failure", outcomeOf({ passed: 9 }, { ...since(), staleKnownFailures: 1 }), 1],
    [
      "one without a verdict that had one before",
      outcomeOf({ passed: 8, indeterminate: 1 }, since({ newlyUndecided: 1 })),
      3,
    ],
    [
      "a change comes before a missing verdict",
      outcomeOf({ failed: 8, indeterminate: 1 }, since({ failing: 1, newlyUndecided: 1 })),
      1,
    ],
    ["nothing to compare", outcomeOf({ indeterminate: 9 }, since({ compared: 0 })), 3],
    ["nothing to compare, and new failures", outcomeOf({ failed: 9 }, since({ compared: 0, failing: 9 })), 1],
    [
      "nothing to compare, and every case is declared as unsupported",
      outcomeOf({ skipped: 9 }, { ...since({ compared: 0 }), declaredByTarget: 9 }),
      0,
    ],
    ["errored comes before a change", outcomeOf({ errored: 1 }, since({ failing: 1 })), 4],
    ["fewer verdicts than planned cases", outcomeOf({ passed: 9 }, { ...since(), planned: 10 }), 4],
    [
      "an interruption comes before everything else",
      outcomeOf({ errored: 1 }, { ...since({ failing: 1 }), interrupted: true }),
      130,
    ],
  ])("%s", (_, outcome, code) => {
    expect(exitCode(outcome)).toBe(code);
  });
});
