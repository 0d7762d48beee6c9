/** The two summaries for people, console and Markdown: what they omit, and what they escape. */
import { describe, expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Header, Verdict } from "../../runner/model/index.ts";
import { consoleReport } from "../console/console.ts";
import { markdownReport } from "../markdown/markdown.ts";
import { textOf } from "../report.ts";
import { footerOf, verdictOf } from "./laws.ts";

const header = {
  assay: "0",
  target: "t",
  depth: "quick",
  seed: 1,
  run: "r",
  select: ["**"],
  started: "",
  rerun: "again {id}",
} as unknown as Header;

function renderBoth(verdicts: readonly Verdict[]) {
  const recording = recordingInMemory(header, verdicts, footerOf(verdicts));
  return { console: textOf(consoleReport, recording), markdown: textOf(markdownReport, recording) };
}

test("only the first causes are listed, and the others counted", () => {
  const { console, markdown } = renderBoth(
    Array.from({ length: 60 }, (_, n) => verdictOf(n, "errored", { reason: `cause-${n}.` })),
  );
  expect(console).toContain("errored: 60 causes, 60 cases");
  expect([console.includes("cause-19."), console.includes("cause-20.")]).toEqual([true, false]);
  expect(console).toContain("and 40 more causes; see report.html");
  expect([markdown.includes("cause-49."), markdown.includes("cause-50.")]).toEqual([true, false]);
  expect(markdown).toContain("Not shown here: 10 more causes; see report.html or report.json.\n\nassay 0 ·");
});

test("beyond 5,000 causes the number of causes is a lower bound", () => {
  const { console, markdown } = renderBoth(
    Array.from({ length: 5200 }, (_, n) => verdictOf(n, "errored", { reason: `cause-${n}.` })),
  );
  for (const text of [console, markdown]) {
    expect(text).toContain(": more than 5,000 causes, 5200 cases\n");
    expect(text).not.toContain("5001 cause");
  }
});

test("a cause lists its first cases, one on the console and three in Markdown, and counts the others", () => {
  const { console, markdown } = renderBoth(Array.from({ length: 412 }, (_, n) => verdictOf(n, "failed")));
  for (const [text, exampleCount] of [
    [console, 1],
    [markdown, 3],
  ] as const) {
    expect(text).toContain("1 cause, 412 cases");
    expect(text).toContain(`and ${412 - exampleCount} more`);
    expect([text.includes(`case-${exampleCount - 1}@`), text.includes(`case-${exampleCount}@`)]).toEqual([true, false]);
    expect(text).toContain("again p/s/Act/valid/case-0@tc3-post");
  }
});

test("the table has columns for passed, failed and each status that a case has", () => {
  const { console } = renderBoth([verdictOf(0, "skipped")]);
  expect(console).toMatch(/^action +cases +passed +failed +skipped$/m);
  expect(console).toMatch(/^p\/s\/Act +1 +1$/m);
});

describe("the heading of the summary has the state of the run", () => {
  test.each([
    [[verdictOf(0, "passed")], "no failure"],
    [[verdictOf(0, "indeterminate")], "nothing judged"],
    [[verdictOf(0, "indeterminate"), verdictOf(1, "passed")], "undecided"],
    [[verdictOf(0, "failed"), verdictOf(1, "indeterminate")], "not conformant"],
    [[verdictOf(0, "errored")], "unsound"],
    [[], "nothing judged"],
  ])("%#", (verdicts, state) => {
    expect(renderBoth(verdicts).markdown).toContain(`# assay: t, ${state}\n`);
  });
});

test("failures come before the other kinds of causes and the table", () => {
  const { markdown } = renderBoth([verdictOf(0, "skipped"), verdictOf(1, "known"), verdictOf(2, "failed")]);
  const [failures, skipped, known, table] = ["## Failures", "## Skipped", "## Known", "## By action"].map((title) =>
    markdown.indexOf(title),
  );
  expect([failures, skipped, known, table]).toEqual(
    [failures, skipped, known, table].toSorted((a = 0, b = 0) => a - b),
  );
  expect(failures).toBeGreaterThan(0);
});

test("text of the target is not markup: prose is escaped, and text cannot end a code span", () => {
  const verdict = verdictOf(0, "errored", { title: "<b>[x](y)|*z*", reason: "`` <i> ` | `" });
  const { markdown } = renderBoth([verdict]);
  expect(markdown).toContain("&lt;b\\>\\[x\\](y)\\|\\*z\\*");
  expect(markdown).toContain("``` `` <i> ` | ` ```");
});

test("a summary beyond the size limit ends with the number of omitted causes, and each cause is listed or counted", () => {
  const verdicts = Array.from({ length: 5000 }, (_, n) =>
    verdictOf(n, n % 2 === 0 ? "failed" : "errored", {
      title: `${n}${"&".repeat(5000)}`,
      source: { document: "<".repeat(5000) },
      findings: [
        {
          check: "code",
          level: "must",
          location: `/member-${n}`,
          expected: ["`|".repeat(2000)],
          actual: "\0".repeat(9000),
        },
      ],
      reason: `&${n} `.repeat(5000),
    }),
  );
  const { markdown } = renderBoth(verdicts);
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(900_000);
  expect(markdown).not.toMatch(/^- \*\*1 case\*\*.*\n(?! {2}- )/m);
  expect(markdown).toContain("## Failures: 2500 causes, 2500 cases");
  const shownCauses = markdown.match(/^- \*\*1 case\*\*: /gm)?.length ?? 0;
  const [, omittedCauses = ""] =
    /\n\nNot shown here: (\d+) more causes; see [^\n]+\n\nassay 0 · [^\n]+\n$/.exec(markdown) ?? [];
  expect(shownCauses + Number(omittedCauses)).toBe(5000);
  expect([shownCauses > 20, shownCauses < 100]).toEqual([true, true]);
});
