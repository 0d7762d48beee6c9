/** Comparisons and matrices in every format: the result first, complete, hostile text harmless. */
import { describe, expect, test } from "vitest";
import { compareRuns } from "../../runner/compare/compare-runs.ts";
import { createMatrix } from "../../runner/compare/matrix.ts";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { Comparison, Finding, Header, Verdict } from "../../runner/model/index.ts";
import { footerOf, hostile, verdictOf } from "../testing/laws.ts";
import { compareFormats } from "./index.ts";
import { legend } from "./matrix-legend.ts";

const header: Header = {
  type: "header",
  format: 2,
  assay: "1.0.0",
  run: "run-a",
  target: "emulator",
  seed: 1,
  depth: "standard",
  select: [],
  started: "2026-01-02T00:00:00Z",
  rerun: "",
};

const recording = (verdicts: readonly Verdict[], overrides: Partial<Header> = {}) =>
  recordingInMemory({ ...header, ...overrides }, verdicts, footerOf(verdicts));

const verdictsOf = (count: number, status: Verdict["status"], overrides: Partial<Verdict> = {}, from = 0) =>
  Array.from({ length: count }, (_, i) => verdictOf(from + i, status, overrides));

const worse = compareRuns(
  recording(verdictsOf(9, "passed")),
  recording([...verdictsOf(5, "failed"), ...verdictsOf(4, "passed", {}, 5)], { run: "run-b", target: "cloud" }),
);
const same = compareRuns(recording(verdictsOf(3, "passed")), recording(verdictsOf(3, "passed"), { run: "run-b" }));
const better = compareRuns(recording(verdictsOf(2, "failed")), recording(verdictsOf(2, "passed"), { run: "run-b" }));
const undecided = compareRuns(
  recording(verdictsOf(2, "passed")),
  recording(verdictsOf(2, "indeterminate"), { run: "run-b" }),
);
const nothing = compareRuns(recording([]), recording([]));

function textOf(id: string, result: Comparison, colour = false): string {
  const chunks: string[] = [];
  compareFormats.find((format) => format.id === id)?.comparison(result, (chunk) => chunks.push(chunk), { colour });
  return chunks.join("");
}

const stripTags = (html: string): string =>
  html.replace(/^[\s\S]*<body>|<script>[\s\S]*$|<[^>]*>/g, "").replaceAll("&gt;", ">");

describe.each(["console", "markdown", "html"])("%s", (id) => {
  const visibleText = (result: Comparison) => (id === "html" ? stripTags(textOf(id, result)) : textOf(id, result));

  test.each<[string, Comparison]>([
    ["B is worse than A: 5 of 9 cases differ (5 worse).", worse],
    ["B agrees with A: 3 cases, no change.", same],
    ["B is better than A: 2 of 2 cases differ (2 better).", better],
    ["B is undecided: 2 cases that A judged have no verdict in B.", undecided],
    ["Nothing was compared: no case has a verdict in both runs.", nothing],
  ])("begins with the headline: %s", (headline, result) => {
    const [first] = visibleText(result)
      .replace("Skip to the content", "")
      .replace("assay: comparison of two runs", "")
      .trim()
      .split("\n");
    expect(first?.replace(/^# /, "")).toBe(headline);
  });

  test("has both runs, the group once with three of its cases, the table and the agreement", () => {
    const text = visibleText(worse);
    for (const expected of [
      "A: emulator, run run-a of 2026-01-02, seed 1",
      "B: cloud, run run-b",
      "5 failed",
      "4 of 9 compared cases agree",
    ])
      expect(text).toContain(expected);
    expect(text.match(/p\/s\/Act\/valid\/case-\d/g)).toHaveLength(3);
    expect(text).toContain("and 2 more");
    expect(text.match(/passed: B/g)).toHaveLength(1);
    expect(text).toContain("page.txt, section 2");
  });

  test("lists cases without a verdict", () => {
    expect(visibleText(undecided)).toContain("undecided");
    expect(visibleText(undecided)).toContain("p/s/Act/valid/case-1@tc3-post");
  });
});

test("JSON has the members of the comparison", () => {
  const { a, b, changes, actions, remarks, ...rest } = JSON.parse(textOf("json", worse)) as Comparison;
  expect({ a, b, changes, actions, remarks, ...rest }).toEqual(JSON.parse(JSON.stringify(worse)));
  expect(rest).toMatchObject({ isWorse: true, exit: 1, compared: 9, agree: 4, kinds: { worse: 5 } });
  expect(changes[0]).toEqual({
    id: "p/s/Act/valid/case-0@tc3-post",
    kind: "worse",
    before: "passed: B",
    after: "failed: code at /Code: B, not A",
    source: { document: "page.txt", section: 2 },
    fails: true,
  });
  expect(JSON.parse(textOf("json", nothing))).toMatchObject({ changes: [], undecidedCases: [], actions: [], exit: 3 });
});

test("equal changes in different items of a list are one group", () => {
  const answered = (index: number, value: number) =>
    verdictOf(index, "passed", {
      exchanges: [
        {
          role: "judged",
          action: "p/s/Act",
          request: { method: "POST", url: "http://h/", headers: [], body: { text: "", bytes: 0 } },
          response: {
            status: 200,
            headers: [],
            body: { text: JSON.stringify({ L: index === 0 ? [value, 7] : [7, value] }), bytes: 9 },
          },
          durationMs: 1,
        },
      ],
    });
  const before = recording([answered(0, 1), answered(1, 1)]);
  const text = textOf("console", compareRuns(before, recording([answered(0, 2), answered(1, 2)], { run: "run-b" })));
  expect(text).toContain("2 responses were compared");
  const single = compareRuns(recording([answered(0, 1)]), recording([answered(0, 1)], { run: "run-b" }));
  expect(textOf("console", single)).toContain("1 response was compared");
  expect(text).toContain("other: 2 cases");
  expect(text).toContain("A response: /L/0 1");
});

test("colours do not change the text", () => {
  const coloured = textOf("console", worse, true);
  expect(coloured).not.toBe(textOf("console", worse));
  expect(coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")).toBe(textOf("console", worse));
});

describe("hostile text", () => {
  const attack = `${hostile("mark")}<script>alert(1)</script>"><img src=x onerror=alert(1)>`;
  const failedVerdict = verdictOf(0, "failed", {
    id: `p/s/Act/valid/${attack}`,
    action: `p/s/${attack}`,
    actual: attack,
    source: { document: attack, row: attack },
    findings: [{ check: "code", level: "must", location: `/${attack}`, expected: ["A"], actual: attack }],
  });
  const passedVerdict = { ...failedVerdict, status: "passed" as const, findings: [] };
  const [a, b] = [
    recording([passedVerdict], { target: attack }),
    recording([failedVerdict], { run: attack, target: attack }),
  ];
  const texts = compareFormats.flatMap((format) => {
    const chunks: string[] = [];
    format.comparison(compareRuns(a, b), (chunk) => chunks.push(chunk));
    const rows: string[] = [];
    format.matrix(createMatrix([a, b]), (chunk) => rows.push(chunk));
    return [[`${format.id}, comparison`, chunks.join("")] as const, [`${format.id}, matrix`, rows.join("")] as const];
  });

  test.each(texts)("is harmless: %s", (name, text) => {
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\u202e\ufffe\uffff]/u);
    expect(text).toContain("mark");
    if (name.startsWith("html")) {
      expect(text).not.toMatch(/<script>alert|<img/);
      expect(text.match(/<script>/g)).toHaveLength(1);
    }
    if (name.startsWith("markdown"))
      expect(text.replace(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, "")).not.toMatch(/<script|<img/);
    if (name.startsWith("json")) JSON.parse(text);
  });
});

test("a matrix has a row for each action and a cell for each target, in every format", () => {
  const result = createMatrix([
    recording(verdictsOf(2, "passed")),
    recording(verdictsOf(1, "failed"), { target: "cloud" }),
    recording([], { target: "none" }),
  ]);
  for (const format of compareFormats) {
    const chunks: string[] = [];
    format.matrix(result, (chunk) => chunks.push(chunk));
    const text = chunks.join("");
    for (const expected of ["p/s/Act", "emulator", "cloud", "none", "conformant 2/2", "1 of 1 failed"])
      expect(text).toContain(expected);
    if (format.id === "markdown") expect(text).toContain("| p/s/Act | conformant 2/2 | 1 of 1 failed | — |");
    if (format.id === "console") expect(text).toMatch(/^p\/s\/Act +conformant 2\/2 +1 of 1 failed +—$/m);
  }
});

test("a matrix ends with the total row, explains its cells, and has the depth of each run once", () => {
  const result = createMatrix([
    recording(verdictsOf(2, "passed"), { depth: "quick" }),
    recording(verdictsOf(1, "failed"), { target: "cloud" }),
  ]);
  for (const format of compareFormats.filter(({ id }) => id !== "json")) {
    const chunks: string[] = [];
    format.matrix(result, (chunk) => chunks.push(chunk));
    const text = format.id === "html" ? stripTags(chunks.join("")) : chunks.join("");
    const expected = /all[^a-z]*no failure 2\/2[^a-z]*1 of 1 failed/;
    expect(text).toMatch(expected);
    const [before = "", after = ""] = text.split(expected);
    expect(before).toContain("p/s/Act");
    const runs = after.slice(after.indexOf("emulator: run"));
    expect(runs.split("depth quick")).toHaveLength(2);
    if (format.id === "console") continue;
    for (const [word, meaning] of legend)
      expect(text).toMatch(new RegExp(`${word.replaceAll("/", "\\/")}[^a-z]*${meaning}`));
    expect(text).toContain("does not count cases that were only observed");
  }
});

describe("the rerun command and the reason", () => {
  const b = { run: "run-b", rerun: "assay run --select {id} --verbose" };
  const id = "p/s/Act/valid/a b@tc3-post";

  test("compare.html has the command that repeats the first case of each group for B", () => {
    const text = textOf(
      "html",
      compareRuns(recording([verdictOf(0, "passed", { id })]), recording([verdictOf(0, "failed", { id })], b)),
    );
    expect(text).toContain(`<pre class="copy" tabindex="0">assay run --select &#39;${id}&#39; --verbose</pre>`);
    expect(text.match(/<pre/g)).toHaveLength(1);
    // page.js adds copy buttons to commands in `.causes`.
    expect(text).toMatch(/<ul class="causes">[\s\S]*<pre[\s\S]*<\/ul>\n<\/section>/);
    expect(textOf("html", worse)).not.toContain("<pre");
  });

  test.each(["console", "markdown", "html"])("%s has the reason of a missing verdict", (format) => {
    const reasons = ["no answer within 10 s", "no answer within 11 s", "throttled"];
    const none = reasons.map((reason, i) => verdictOf(i, "indeterminate", { reason }));
    const result = compareRuns(recording(verdictsOf(3, "passed")), recording(none, b));
    expect(result.groups.map(({ cases }) => cases)).toEqual([2, 1]);
    for (const reason of [reasons[0], reasons[2]]) expect(textOf(format, result)).toContain(`indeterminate: ${reason}`);
  });
});

describe.each(["console", "markdown", "html"])("%s counts all cases of a group", (id) => {
  test.each<[string, Verdict["status"], string]>([
    ["undecided", "indeterminate", "undecided"],
    ["worse", "failed", "worse"],
  ])("%s", (_, status, kind) => {
    const result = compareRuns(
      recording(verdictsOf(3000, "passed")),
      recording(verdictsOf(3000, status), { run: "run-b" }),
    );
    const text = id === "html" ? stripTags(textOf(id, result)) : textOf(id, result);
    expect(text).toMatch(new RegExp(`${kind}\\W+3000 cases`));
    expect(text).toContain("and 2997 more");
    expect(text).not.toContain("too many different changes");
  });

  test("and has a line for those that are in no group", () => {
    const distinctOutcomes = (status: Verdict["status"], word: string) =>
      Array.from({ length: 1100 }, (_, i) =>
        verdictOf(i, status, { actual: `${word}${"x".repeat(i % 250)}y${"z".repeat(i % 11)}` }),
      );
    const result = compareRuns(
      recording(distinctOutcomes("passed", "A")),
      recording(distinctOutcomes("passed", "B"), { run: "run-b" }),
    );
    const grouped = result.groups.reduce((total, group) => total + group.cases, 0);
    expect([result.groups.length, result.ungrouped]).toEqual([1000, 1100 - grouped]);
    expect(grouped).toBeGreaterThanOrEqual(1000);
    expect(textOf(id, result)).toContain(`and ${result.ungrouped} more cases that changed or have no verdict`);
    const shown = id === "console" ? 20 : id === "markdown" ? 50 : 200;
    expect(textOf(id, result)).toMatch(new RegExp(`and ${1000 - shown} more groups of \\d+ cases`));
  });
});

describe("equal changes are one group", () => {
  const must = {
    check: "effect",
    level: "must",
    location: "GetPersonList",
    expected: "person: deleted",
    actual: "success",
  } as const;
  const should = { check: "sample", level: "should", location: "/Face", expected: "string", actual: "absent" } as const;

  test("with any additional warnings, which are mentioned", () => {
    const after = [[must], [must, should], [must]].map((findings, i) => verdictOf(i, "failed", { findings }));
    const before = [verdictOf(0, "passed"), verdictOf(1, "passed", { findings: [should] }), verdictOf(2, "passed")];
    const result = compareRuns(recording(before), recording(after, { run: "run-b" }));
    expect(result.groups).toMatchObject([
      {
        ...{ kind: "worse", cases: 3, casesWithWarning: 1 },
        before: "passed: B",
        after: "failed: effect at GetPersonList: success, not person: deleted",
        warning: "should: sample at /Face: absent, not string",
      },
    ]);
    for (const id of ["console", "markdown", "html"])
      expect(textOf(id, result).replaceAll("\\", "")).toContain(
        "1 of them also with a warning: should: sample at /Face",
      );
  });

  test("with any outcomes of the run that did not fail: the group has the status without the outcome", () => {
    const status: Finding = { check: "status", level: "must", location: "status", expected: [200], actual: 400 };
    const fails = verdictsOf(3, "failed", { findings: [status] });
    const fine = ["A", "B", "A"].map((actual, i) => verdictOf(i, "passed", { actual }));
    const expected = ["passed", "failed: status at status: 400, not 200"];
    const [worse] = compareRuns(recording(fine), recording(fails, { run: "run-b" })).groups;
    expect([worse?.cases, worse?.before, worse?.after]).toEqual([3, ...expected]);
    const [better] = compareRuns(recording(fails), recording(fine, { run: "run-b" })).groups;
    expect([better?.cases, better?.after, better?.before]).toEqual([3, ...expected]);
    const [same] = compareRuns(recording(fine.slice(0, 1)), recording(fails.slice(0, 1), { run: "run-b" })).groups;
    expect(same?.before).toBe("passed: A");
  });

  test("a warning that is the only difference is the change", () => {
    const result = compareRuns(
      recording(verdictsOf(1, "passed")),
      recording(verdictsOf(1, "passed", { findings: [should] }), { run: "run-b" }),
    );
    expect(result.groups).toMatchObject([
      { before: "passed: B", after: "passed: B; should: sample at /Face: absent, not string" },
    ]);
  });

  test("expected values are shown but not compared: another version of assay may word them differently", () => {
    const result = (expected: string) => recording([verdictOf(0, "failed", { findings: [{ ...must, expected }] })]);
    expect(compareRuns(result("person: deleted"), result("no person"))).toMatchObject({ total: 0, agree: 1, exit: 0 });
  });
});
