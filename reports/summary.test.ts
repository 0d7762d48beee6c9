/** What the two summaries for people leave out, and what they must not let through. */
import { describe, expect, test } from "vitest";
import type { Header, Verdict } from "../runner/model.ts";
import { consoleReport } from "./console.ts";
import { footerOf, verdictOf } from "./laws.ts";
import { markdownReport } from "./markdown.ts";
import { recordingOf } from "./recording.ts";
import { textOf } from "./report.ts";

const header = {
  assay: "0",
  target: "t",
  depth: "quick",
  seed: 1,
  run: "r",
  started: "",
  rerun: "again {id}",
} as Header;

function texts(verdicts: readonly Verdict[]) {
  const recording = recordingOf(header, verdicts, footerOf(verdicts));
  return { console: textOf(consoleReport, recording), markdown: textOf(markdownReport, recording) };
}

test("many causes are cut, and the rest counted", () => {
  const { console, markdown } = texts(
    Array.from({ length: 60 }, (_, n) => verdictOf(n, "errored", { reason: `cause-${n}.` })),
  );
  expect(console).toContain("errored: 60 causes, 60 cases");
  expect([console.includes("cause-19."), console.includes("cause-20.")]).toEqual([true, false]);
  expect(console).toContain("and 40 more causes; see report.json");
  expect([markdown.includes("cause-49."), markdown.includes("cause-50.")]).toEqual([true, false]);
  expect(markdown).toContain("10 more causes in report.json.");
});

test("a cause names three cases and counts the rest", () => {
  const { console, markdown } = texts(Array.from({ length: 412 }, (_, n) => verdictOf(n, "failed")));
  for (const text of [console, markdown]) {
    expect(text).toContain("1 cause, 412 cases");
    expect(text).toContain("and 409 more");
    expect([text.includes("case-2@"), text.includes("case-3@")]).toEqual([true, false]);
    expect(text).toContain("again p/s/Act/valid/case-0@tc3-post");
  }
});

test("a column is there only where some case has its status; passed and failed always are", () => {
  const { console } = texts([verdictOf(0, "skipped")]);
  expect(console).toMatch(/^action +cases +passed +failed +skipped$/m);
  expect(console).toMatch(/^p\/s\/Act +1 +1$/m);
});

describe("the heading of the summary says how it stands", () => {
  test.each([
    [[verdictOf(0, "passed")], "no failure"],
    [[verdictOf(0, "indeterminate")], "undecided"],
    [[verdictOf(0, "failed"), verdictOf(1, "indeterminate")], "not conformant"],
    [[verdictOf(0, "errored")], "unsound"],
    [[], "nothing judged"],
  ])("%#", (verdicts, heading) => {
    expect(texts(verdicts).markdown).toContain(`# assay: t, ${heading}\n`);
  });
});

test("failures stand before everything else in the summary", () => {
  const { markdown } = texts([verdictOf(0, "skipped"), verdictOf(1, "known"), verdictOf(2, "failed")]);
  const [failures, skipped, known, table] = ["## Failures", "## Skipped", "## Known", "## By action"].map((title) =>
    markdown.indexOf(title),
  );
  expect([failures, skipped, known, table]).toEqual(
    [failures, skipped, known, table].toSorted((a = 0, b = 0) => a - b),
  );
  expect(failures).toBeGreaterThan(0);
});

test("text of the target is no markup: prose is escaped, code spans cannot be left", () => {
  const verdict = verdictOf(0, "errored", { title: "<b>[x](y)|*z*", reason: "`` <i> ` | `" });
  const { markdown } = texts([verdict]);
  expect(markdown).toContain("&lt;b\\>\\[x\\](y)\\|\\*z\\*");
  expect(markdown).toContain("``` `` <i> ` | ` ```");
});
