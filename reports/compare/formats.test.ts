/** Comparisons and matrices in every format: the answer first, nothing lost, hostile text tamed. */
import { describe, expect, test } from "vitest";
import { compare } from "../../runner/compare/compare.ts";
import { matrix } from "../../runner/compare/matrix.ts";
import type { Comparison, Header, Verdict } from "../../runner/model.ts";
import { footerOf, hostile, verdictOf } from "../laws.ts";
import { recordingOf } from "../recording.ts";
import { compareFormats } from "./index.ts";

const header: Header = {
  type: "header",
  format: 1,
  assay: "1.0.0",
  run: "run-a",
  target: "emulator",
  seed: 1,
  depth: "standard",
  select: [],
  started: "2026-01-02T00:00:00Z",
  rerun: "",
};

const recording = (verdicts: readonly Verdict[], more: Partial<Header> = {}) =>
  recordingOf({ ...header, ...more }, verdicts, footerOf(verdicts));

const n = (count: number, status: Verdict["status"], more: Partial<Verdict> = {}, from = 0) =>
  Array.from({ length: count }, (_, i) => verdictOf(from + i, status, more));

const failed = compare(
  recording(n(9, "passed")),
  recording([...n(5, "failed"), ...n(4, "passed", {}, 5)], { run: "run-b", target: "cloud" }),
);
const same = compare(recording(n(3, "passed")), recording(n(3, "passed"), { run: "run-b" }));
const better = compare(recording(n(2, "failed")), recording(n(2, "passed"), { run: "run-b" }));
const lost = compare(recording(n(2, "passed")), recording(n(2, "indeterminate"), { run: "run-b" }));
const nothing = compare(recording([]), recording([]));

function textOf(id: string, of: Comparison, colour = false): string {
  const chunks: string[] = [];
  compareFormats.find((format) => format.id === id)?.comparison(of, (chunk) => chunks.push(chunk), { colour });
  return chunks.join("");
}

const plain = (html: string): string =>
  html.replace(/^[\s\S]*<body>|<script>[\s\S]*$|<[^>]*>/g, "").replaceAll("&gt;", ">");

describe.each(["console", "markdown", "html"])("%s", (id) => {
  const read = (of: Comparison) => (id === "html" ? plain(textOf(id, of)) : textOf(id, of));

  test.each<[string, Comparison]>([
    ["B is worse than A: 5 of 9 cases differ (5 worse).", failed],
    ["B agrees with A: 3 cases, no change.", same],
    ["B is better than A: 2 of 2 cases differ (2 better).", better],
    ["B is undecided: 2 cases that A judged have no verdict in B.", lost],
    ["Nothing was compared: not one case has a verdict in both runs.", nothing],
  ])("begins with the answer: %s", (answer, of) => {
    const [first] = read(of)
      .replace("To the content", "")
      .replace("assay, two runs side by side", "")
      .trim()
      .split("\n");
    expect(first?.replace(/^# /, "")).toBe(answer);
  });

  test("tells both runs, the group once, three of its cases, the table, what agrees", () => {
    const text = read(failed);
    for (const words of [
      "A: emulator, run run-a of 2026-01-02, seed 1",
      "B: cloud, run run-b",
      "5 failed",
      "4 of 9 compared cases agree",
    ])
      expect(text).toContain(words);
    expect(text.match(/p\/s\/Act\/valid\/case-\d/g)).toHaveLength(3);
    expect(text).toContain("and 2 more");
    expect(text.match(/passed: B/g)).toHaveLength(1);
    expect(text).toContain("page.txt, section 2");
  });

  test("names what has no verdict", () => {
    expect(read(lost)).toContain("undecided");
    expect(read(lost)).toContain("p/s/Act/valid/case-1@tc3-post");
  });
});

test("JSON has the facts as they are", () => {
  const { a, b, changes, actions, remarks, ...rest } = JSON.parse(textOf("json", failed)) as Comparison;
  expect({ a, b, changes, actions, remarks, ...rest }).toEqual(JSON.parse(JSON.stringify(failed)));
  expect(rest).toMatchObject({ worse: true, exit: 1, compared: 9, agree: 4, kinds: { worse: 5 } });
  expect(changes[0]).toEqual({
    id: "p/s/Act/valid/case-0@tc3-post",
    kind: "worse",
    was: "passed: B",
    is: "failed: code at /Code: B, not A",
    source: { document: "page.txt", section: 2 },
    fails: true,
  });
  expect(JSON.parse(textOf("json", nothing))).toMatchObject({ changes: [], lost: [], actions: [], exit: 3 });
});

test("changes of one turn in other items of a list are one group", () => {
  const answered = (at: number, value: number) =>
    verdictOf(at, "passed", {
      exchanges: [
        {
          role: "judged",
          action: "p/s/Act",
          request: { method: "POST", url: "http://h/", headers: [], body: { text: "", bytes: 0 } },
          response: {
            status: 200,
            headers: [],
            body: { text: JSON.stringify({ L: at === 0 ? [value, 7] : [7, value] }), bytes: 9 },
          },
          ms: 1,
        },
      ],
    });
  const was = recording([answered(0, 1), answered(1, 1)]);
  const text = textOf("console", compare(was, recording([answered(0, 2), answered(1, 2)], { run: "run-b" })));
  expect(text).toContain("other: 2 cases");
  expect(text).toContain("A answer: /L/0 1");
});

test("colours change nothing but the colour", () => {
  const coloured = textOf("console", failed, true);
  expect(coloured).not.toBe(textOf("console", failed));
  expect(coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")).toBe(
    textOf("console", failed),
  );
});

describe("hostile text", () => {
  const evil = `${hostile("mark")}<script>alert(1)</script>"><img src=x onerror=alert(1)>`;
  const bad = verdictOf(0, "failed", {
    id: `p/s/Act/valid/${evil}`,
    action: `p/s/${evil}`,
    seen: evil,
    source: { document: evil, row: evil },
    findings: [{ check: "code", level: "must", at: `/${evil}`, expected: ["A"], actual: evil }],
  });
  const good = { ...bad, status: "passed" as const, findings: [] };
  const [a, b] = [recording([good], { target: evil }), recording([bad], { run: evil, target: evil })];
  const texts = compareFormats.flatMap((format) => {
    const chunks: string[] = [];
    format.comparison(compare(a, b), (chunk) => chunks.push(chunk));
    const rows: string[] = [];
    format.matrix(matrix([a, b]), (chunk) => rows.push(chunk));
    return [[`${format.id}, comparison`, chunks.join("")] as const, [`${format.id}, matrix`, rows.join("")] as const];
  });

  test.each(texts)("is tamed: %s", (name, text) => {
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

test("a matrix has a row an action and a cell a target, in every format", () => {
  const of = matrix([
    recording(n(2, "passed")),
    recording(n(1, "failed"), { target: "cloud" }),
    recording([], { target: "none" }),
  ]);
  for (const format of compareFormats) {
    const chunks: string[] = [];
    format.matrix(of, (chunk) => chunks.push(chunk));
    const text = chunks.join("");
    for (const words of ["p/s/Act", "emulator", "cloud", "none", "conformant 2/2", "1 failed"])
      expect(text).toContain(words);
    if (format.id === "markdown") expect(text).toContain("| p/s/Act | conformant 2/2 | 1 failed | — |");
    if (format.id === "console") expect(text).toMatch(/^p\/s\/Act +conformant 2\/2 +1 failed +—$/m);
  }
});
