/** Items of lists in which each run shows other resources: optional members are no difference, lost ones are. */
import { expect, test } from "vitest";
import { judgedExchange } from "../../../reports/testing/judged-exchange.ts";
import { footerOf, makeHeader, verdictOf } from "../../../reports/testing/laws.ts";
import { recordingInMemory } from "../../log/reader.ts";
import type { Verdict } from "../../model/index.ts";
import { compareRuns } from "../compare-runs.ts";

/** One case for each item, whose response is a page with this item. */
function recordingOf(items: readonly object[]) {
  const verdicts = items.map((item, i): Verdict => {
    const body = JSON.stringify({ Items: [{ ItemId: i, ...item }] });
    return verdictOf(i, "passed", { exchanges: [judgedExchange(body)] });
  });
  return recordingInMemory(makeHeader({ target: "t", select: [], rerun: "" }), verdicts, footerOf(verdicts, {}));
}

const changes = (a: readonly object[], b: readonly object[]) =>
  compareRuns(recordingOf(a), recordingOf(b)).changes.map(({ id, before, after }) => ({ id, before, after }));

const [plain, tagged, empty] = [{ N: 1 }, { N: 2, Tag: "x" }, { N: 3, Tag: null }];

test.each([
  ["absent or present", [plain, tagged], [tagged, plain]],
  ["absent in one item of one run", [plain, tagged], [tagged, tagged]],
  ["absent, null or a text", [plain, tagged, empty], [empty, empty, tagged]],
])("a member that other items of the run have is no change: %s", (_, a, b) => {
  expect(changes(a, b)).toEqual([]);
  expect(changes(b, a)).toEqual([]);
});

test("a member that no item of the other run has is a change", () => {
  expect(changes([tagged, tagged], [plain, plain])).toMatchObject(
    Array(2).fill({
      before: expect.stringMatching(/^response: .Items.0.Tag /),
      after: "response: /Items/0/Tag absent",
    }),
  );
  expect(changes([tagged, tagged], [empty, empty])).toMatchObject(
    Array(2).fill({ after: "response: /Items/0/Tag null" }),
  );
  expect(changes([plain, plain], [{ N: "1" }, { N: "2" }])).toHaveLength(2);
});
