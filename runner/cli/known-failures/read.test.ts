/** Known-failure files: what is refused, and where. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readKnown } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-known-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "known.yaml");

const text = (more: string) => `known:
  - case: a/b/C/boundary/**
    check: code
    location: /Response/Error/Code
    actual: 60007
${more}`;

function read(content: string) {
  writeFileSync(file, content);
  return readKnown(file);
}

test("an entry has its place, and its codes are texts", () => {
  expect(read(text("    reason: ticket\n    expires: 2026-12-31\n"))).toEqual([
    {
      case: "a/b/C/boundary/**",
      check: "code",
      location: "/Response/Error/Code",
      expected: [],
      actual: "60007",
      reason: "ticket",
      expires: "2026-12-31",
      listedAt: `${file}:2:5`,
    },
  ]);
});

test.each([
  ["a day that is none", "    reason: ticket\n    expires: 2026-02-30\n", /:7:14: known\.0\.expires: 2026-02-30/],
  ["an expiry that is no date", "    reason: ticket\n    expires: soon\n", /:7:14: known\.0\.expires: .*YYYY-MM-DD/],
  ["an empty reason", "    reason: ''\n", /:6:13: known\.0\.reason: .*say why/],
  ["a blank reason", "    reason: '  '\n", /:6:13: known\.0\.reason: .*say why/],
  ["a reason without a value", "    reason:\n", /:6:\d+: known\.0\.reason: .*say why/],
])("%s is refused with its place", (_, more, words) => {
  expect(() => read(text(more))).toThrow(words);
});

test("a glob that no id can match is refused", () => {
  const reason = "    reason: ticket\n";
  for (const glob of ["/a/b", "a//b", '"a/b c"'])
    expect(() => read(text(reason).replace("a/b/C/boundary/**", glob))).toThrow(/:2:11: known\.0\.case: /);
});
