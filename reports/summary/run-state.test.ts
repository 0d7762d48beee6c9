/** Each run state with the smallest run that has it; `conformant` needs a complete run without any failure. */
import { expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Footer, Header, Status } from "../../runner/model/index.ts";
import { footerOf, makeHeader, verdictOf } from "../testing/laws.ts";
import { runRemarks } from "./run-remarks.ts";
import { runState } from "./run-state.ts";
import { tallyVerdicts } from "./tally.ts";

const header = makeHeader({ select: [] });
const since = {
  run: "e",
  started: "",
  compared: 1,
  total: 1,
  kinds: { worse: 1, better: 0, other: 0, added: 0, removed: 0 },
};
const changed = { ...since, failing: 1, changes: [], noVerdict: 0, newlyUndecided: 0, remarks: [] };

test.each<[string, readonly Status[], Partial<Footer>, Partial<Header>]>([
  ["conformant", ["passed", "observed"], {}, {}],
  ["conformant", ["passed"], {}, { depth: "exhaustive" }],
  ["no failure", ["passed"], {}, { depth: "quick" }],
  ["no failure", ["passed"], {}, { select: ["**"] }],
  ["no failure", ["passed"], {}, { readOnly: true }],
  ["no failure", ["passed", "skipped"], {}, {}],
  ["no failure", ["passed", "unimplemented"], {}, {}],
  ["no failure", ["observed"], {}, {}],
  ["nothing judged", ["skipped"], { exit: 3 }, {}],
  ["nothing judged", [], {}, {}],
  ["partly judged", ["passed"], { exit: 3, leftovers: 2 }, {}],
  ["partly judged", ["passed", "skipped"], { exit: 3 }, {}],
  ["known failures only", ["passed", "known"], {}, {}],
  ["undecided", ["passed", "indeterminate"], { exit: 3 }, {}],
  ["undecided", ["known", "indeterminate"], { exit: 3 }, {}],
  ["interrupted", ["passed"], { interrupted: true, exit: 130 }, {}],
  ["warnings", ["passed"], { exit: 1 }, {}],
  ["changed", ["passed"], { exit: 1, since: changed }, {}],
  ["stale known failures", ["passed"], { exit: 1, staleKnownFailures: ["x"] }, {}],
  ["not conformant", ["passed", "failed", "indeterminate"], { exit: 1 }, {}],
  ["unsound", ["failed", "errored"], { exit: 4 }, {}],
  ["unsound", ["passed"], { planned: 9, exit: 4 }, {}],
])("%s: %j %j %j", (state, statuses, footerFacts, headerFacts) => {
  const verdicts = statuses.map((status, n) => verdictOf(n, status));
  const recording = recordingInMemory({ ...header, ...headerFacts }, verdicts, footerOf(verdicts, footerFacts));
  const tally = tallyVerdicts(recording);
  expect(runState(recording, tally.counts, runRemarks(recording, tally))).toBe(state);
});

test("broken off: a log without a footer, whatever its verdicts", () => {
  const recording = recordingInMemory(header, [verdictOf(0, "failed")], null);
  const tally = tallyVerdicts(recording);
  expect(runState(recording, tally.counts, runRemarks(recording, tally))).toBe("broken off");
});
