/** Known-failure files: entries that are read, problems that are reported with their location. */
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

test("an entry has its location in the file, and codes that are numbers become strings", () => {
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
  [
    "a date that does not exist",
    "    reason: ticket\n    expires: 2026-02-30\n",
    /:7:14: known\.0\.expires: 2026-02-30/,
  ],
  ["an expiry that is not a date", "    reason: ticket\n    expires: soon\n", /:7:14: known\.0\.expires: .*YYYY-MM-DD/],
  ["an empty reason", "    reason: ''\n", /:6:13: known\.0\.reason: .*[Ww]hy this failure is accepted/],
  ["a blank reason", "    reason: '  '\n", /:6:13: known\.0\.reason: .*[Ww]hy this failure is accepted/],
  ["a reason without a value", "    reason:\n", /:6:\d+: known\.0\.reason: .*[Ww]hy this failure is accepted/],
])("%s is rejected with its location", (_, more, message) => {
  expect(() => read(text(more))).toThrow(message);
});

test("a glob that no id can match is rejected", () => {
  const reason = "    reason: ticket\n";
  for (const glob of ["/a/b", "a//b", '"a/b c"'])
    expect(() => read(text(reason).replace("a/b/C/boundary/**", glob))).toThrow(/:2:11: known\.0\.case: /);
});
