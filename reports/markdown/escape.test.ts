/** Markdown after rendering: untrusted text creates no element, no link and no mention. */
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { recordingInMemory } from "../../runner/log/reader.ts";
import type { ErrorCause } from "../../runner/model/index.ts";
import { textOf } from "../report.ts";
import { footerOf, hostile, hostileRecording, verdictOf } from "../testing/laws.ts";
import { actionTable, escapeMarkdown, inlineCode, plainText, tableCell } from "./escape.ts";
import { markdownReport } from "./markdown.ts";

const rendered = (markdown: string): string => marked.parse(markdown, { async: false, gfm: true });

/** The text in which a host looks for mentions, issue numbers and formulas: everything outside `code` elements. */
const withoutCode = (html: string): string => html.replace(/<code>.*?<\/code>/gs, "");

const elements = (html: string): string[] => [...new Set([...html.matchAll(/<(\w+)/g)].map(([, name = ""]) => name))];

const attacks = [
  "@octocat, come",
  "see #12 and gh-7",
  "write to a@b.example",
  "http://x.example https://x.example/y ftp://x.example",
  "www.x.example",
  "<img src=x onerror=1> <b>bold</b>",
  "[a](http://x.example) ![i](http://x.example/i.png) [r]",
  "**b** _i_ ~~s~~ `c` | d",
  "\\* & &lt; \\",
  hostile("MARK"),
];

describe.each([
  ["prose", plainText],
  ["code", inlineCode],
])("%s", (_, format) => {
  test.each(attacks)("%s", (text) => {
    const html = rendered(`begin ${format(text)} end`);
    expect(elements(html).filter((name) => !["p", "code"].includes(name))).toEqual([]);
    expect(withoutCode(html)).not.toMatch(/@octocat|#1|gh-7|a@b/);
  });
});

test("a price does not become a formula, and a URL does not become a link", () => {
  expect(plainText("$x$ at https://x.example, www.x.example")).toBe("\\$x\\$ at https\\://x.example, www\\.x.example");
  expect(rendered(plainText("https://x.example"))).toBe("<p>https://x.example</p>\n");
  expect(rendered(escapeMarkdown("https://x.example"))).toContain('<a href="https://x.example">');
  // A case id is not an e-mail address.
  expect(plainText("a/b@tc3-post")).toBe("a/b@tc3-post");
});

test.each(attacks)("text in a cell stays in that cell: %s", (text) => {
  const html = rendered(actionTable({ head: ["action", "cases"], rows: [[text, "1"]], foot: ["all", "1"] }).join("\n"));
  expect(html.match(/<td/g)).toHaveLength(4);
  expect(rendered(`| a |\n| - |\n| ${tableCell(text)} |`).match(/<td/g)).toHaveLength(1);
});

test("no untrusted text in a whole summary becomes a link, an image or an element", () => {
  const { header, footer, verdicts } = hostileRecording();
  const verdictList = [...verdicts()];
  const hostileReason = hostile("WHY");
  const coverageElements = (["code", "rule"] as const).map((kind) => ({
    id: `p/s/Act/${kind}/1`,
    kind,
    cases: 0,
    verdicts: {},
    causes: [hostileReason as ErrorCause],
    notCoveredReason: hostileReason,
  }));
  const coverage = [{ type: "coverage", action: "p/s/Act", elements: coverageElements }] as const;
  const html = rendered(
    textOf(markdownReport, recordingInMemory(header, verdictList, footer ?? footerOf(verdictList), coverage)),
  );
  expect(html).toContain("WHY");
  const ownElements = ["h1", "h2", "p", "strong", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td"];
  expect(elements(html).filter((name) => !ownElements.includes(name))).toEqual([]);
  expect(withoutCode(html)).not.toMatch(/@user|#1/);
  const columns = html.match(/<th\b/g)?.length ?? 0;
  expect(html.match(/<td\b/g)?.length).toBe(columns * (html.match(/<tr\b/g)?.length ?? 0) - columns);
});

test("the source of a case is a link", () => {
  const source = { url: "https://docs.example/API.html", accessedOn: "2026-11-01" };
  const verdicts = [verdictOf(0, "failed", { source })];
  const html = rendered(
    textOf(markdownReport, recordingInMemory(hostileRecording().header, verdicts, footerOf(verdicts))),
  );
  expect(html).toContain('<a href="https://docs.example/API.html">');
});
