/** Sentences from findings, sources and verdicts. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../runner/http/shell-quote.ts";
import type { Finding, Header } from "../../runner/model/index.ts";
import { verdictOf } from "../testing/laws.ts";
import { describeFinding, formatExpectation, formatRerun, formatSource, reasonText } from "./sentences.ts";

const finding: Finding = { check: "code", level: "must", location: "/Error/Code", expected: ["A", "B"], actual: "C" };

describe("a finding", () => {
  test.each<[Partial<Finding>, string]>([
    [{}, 'code: /Error/Code must be A or B, but is "C".'],
    [{ level: "should" }, 'code: /Error/Code should be A or B (inferred: no document states the code), but is "C".'],
    [{ location: "status", expected: [200], actual: 502 }, "code: the HTTP status must be 200, but is 502."],
    [
      { location: "header:content-type", expected: "application/json", actual: null },
      "code: the header content-type must be application/json, but is null.",
    ],
    [
      { location: "body", expected: { type: "object" }, actual: [] },
      'code: the body must match {"type":"object"}, but is [].',
    ],
    [
      { check: "effect", location: "GetPersonList", expected: "person: a member", actual: "not found" },
      "effect: afterwards GetPersonList must show person: a member, but shows not found.",
    ],
    [
      { check: "unchanged", location: "Probe\n", level: "should", expected: "as it was", actual: { a: 1 } },
      'unchanged: afterwards Probe␊ should show as it was, but shows {"a":1}.',
    ],
    [{ expected: [], actual: true }, "code: /Error/Code must be [], but is true."],
    [{ actual: "\n\u001b" }, 'code: /Error/Code must be A or B, but is "\\n\\u001b".'],
  ])("%o", (change, sentence) => {
    expect(describeFinding({ ...finding, ...change })).toBe(sentence);
  });
  test("stays short and on one line whatever the response holds", () => {
    const sentence = describeFinding({ ...finding, location: `/a\n${"b".repeat(9000)}`, actual: "x".repeat(16384) });
    expect(sentence.length).toBeLessThan(700);
    expect(sentence).not.toContain("\n");
    expect(sentence).toContain("(16386 characters)");
  });
});

test("a source is described with the members that it has, and an empty one has a text, too", () => {
  expect(formatSource({ document: "000.txt", section: 2, row: "GroupId" })).toBe("000.txt, section 2, row GroupId");
  expect(formatSource({ url: "https://p", accessedOn: "2026-11-01", sample: [1, 2] })).toBe(
    "https://p (accessed 2026-11-01), samples 1 and 2",
  );
  expect(formatSource({ url: "https://p", sample: 3 })).toBe("https://p, sample 3");
  expect(formatSource({})).toBe("no source given");
});

describe("the rerun command", () => {
  const header = { rerun: "assay run --select {id} # {id}" } as Header;
  test("has the id in each place of the template", () => {
    expect(formatRerun(header, "a/b.c@tc3-post")).toBe("assay run --select a/b.c@tc3-post # a/b.c@tc3-post");
    expect(formatRerun(header, "$&")).toBe("assay run --select '$&' # '$&'");
  });
  test.each(["a b", "it's", "$(id)", "`x`", "", "a;b", "*", "plain"])("a shell reads %o as one word", (word) => {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`]).toString()).toBe(word);
  });
});

test("expected and actual outcome", () => {
  expect(formatExpectation(verdictOf(0, "failed", { actual: "X" }))).toBe("expected refusal with A; actual: X");
  expect(formatExpectation(verdictOf(0, "passed", { expect: { outcome: "success" }, actual: "" }))).toBe(
    "expected success; actual: none",
  );
  expect(formatExpectation(verdictOf(0, "observed", { expect: { outcome: "any" } }))).toBe(
    "expected any outcome; actual: B",
  );
});

test("the reason of a status comes before its actual outcome", () => {
  expect(reasonText(verdictOf(0, "skipped", { reason: "needs a zone" }))).toBe("needs a zone");
  expect(reasonText(verdictOf(0, "errored", { actual: "unsent" }))).toBe("unsent");
  expect(reasonText(verdictOf(0, "errored", { actual: "" }))).toBe("no reason was recorded");
});
