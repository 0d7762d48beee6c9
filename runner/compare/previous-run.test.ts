/** Logs of earlier runs: complete, broken off, damaged, of another format, of another target. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verdictOf } from "../../reports/testing/laws.ts";
import type { Finding } from "../model/index.ts";
import { formatOutcome, outcomeKey, outcomeOf } from "./outcome.ts";
import { assertSameTarget, readPreviousRun } from "./previous-run.ts";

const golden = readFileSync(
  fileURLToPath(new URL("../../reports/testing/golden/run.ndjson", import.meta.url)),
  "utf8",
).trimEnd();
const [header = "", ...rest] = golden.split("\n");
const footer = rest.at(-1) ?? "";
const verdicts = rest.filter((line) => line.startsWith('{"type":"verdict"'));

let folder = "";
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-since-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string | Buffer) {
  const path = join(folder, `${++files}-run.ndjson`);
  writeFileSync(path, text);
  return readPreviousRun(path);
}

describe("a complete log", () => {
  test("gives the outcome of each case and the header, without remarks", () => {
    const { outcomes, header: readHeader, remarks } = read(`${golden}\n`);
    expect(readHeader).toMatchObject({
      run: "k3v9q2",
      target: "emulator",
      seed: 7,
      depth: "standard",
      select: ["tencent/**"],
    });
    expect(readHeader.started).toBe("2026-11-21T07:14:14.312Z");
    expect(remarks).toEqual([]);
    expect(outcomes.size).toBe(14);
    const outcomeText = (id: string) => {
      const outcome = outcomes.get(`tencent/${id}`);
      return outcome && formatOutcome(outcome);
    };
    expect(outcomeText("iai/CreateGroup/valid/call/minimal@tc3-post")).toBe("passed: success");
    expect(outcomeText("iai/CreateGroup/sample/1@tc3-post")).toBe(
      "passed: success; should: unknown-member at /Response/Extra: object",
    );
    expect(outcomeText("iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post")).toBe(
      "failed: code at /Response/Error/Code: InternalError, not InvalidParameterValue.GroupIdIllegal or InvalidParameterValue.GroupIdTooLong",
    );
    expect(outcomeText("iai/CreateGroup/boundary/GroupName/61-chars-han@tc3-post")).toBe("observed: success");
    expect(outcomeText("iai/DeletePersonFromGroup/boundary/PersonId/65-bytes-ascii@tc3-post")).toBe("indeterminate");
    expect(outcomeText("im/delete_group_member/valid/call/minimal@tim-post")).toBe("unimplemented");
  });

  test("of many cases is stored without reasons, and each distinct outcome once", () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      JSON.stringify(verdictOf(n, n % 2 ? "passed" : "failed", { reason: "x".repeat(5000) })),
    );
    const { outcomes } = read([header, ...many, footer].join("\n"));
    expect(outcomes.size).toBe(500);
    expect(new Set(outcomes.values()).size).toBe(2);
    expect(Math.max(...[...outcomes.values()].map((outcome) => outcomeKey(outcome).length))).toBeLessThan(200);
  });
});

describe("an outcome is the same from run to run", () => {
  const finding = (more: Partial<Finding>): Finding => ({
    check: "output",
    level: "must",
    location: "/List/0/Name",
    expected: "a text",
    actual: 7,
    ...more,
  });
  const keyOf = (findings: Finding[]) => outcomeKey(outcomeOf(verdictOf(0, "failed", { findings })));

  test("for any value, list index, order and number of equal findings", () => {
    const one = keyOf([finding({}), finding({ check: "code", expected: ["B", "A"], actual: "X" })]);
    const other = keyOf([
      finding({ check: "code", expected: ["A", "B"], actual: "X" }),
      finding({ location: "/List/12/Name", actual: 8 }),
      finding({ location: "/List/3/Name", actual: 9 }),
    ]);
    expect(one).toBe(other);
  });

  test.each<[string, Partial<Finding>]>([
    ["check", { check: "items" }],
    ["level", { level: "should" }],
    ["location", { location: "/List/0/Other" }],
    ["type", { actual: "7" }],
  ])("and differs for another %s", (_, more) => {
    expect(keyOf([finding(more)])).not.toBe(keyOf([finding({})]));
  });

  test("and differs for another code and for other expected codes", () => {
    const code = (expected: string[], actual: string) => keyOf([finding({ check: "code", expected, actual })]);
    expect(new Set([code(["A"], "X"), code(["A"], "Y"), code(["B"], "X"), code(["A", "B"], "X")]).size).toBe(4);
  });

  test("and contains no value of the target; a long code is truncated and still distinguished", () => {
    expect(keyOf([finding({ actual: "hunter2" })])).not.toContain("hunter2");
    const big = (end: string) =>
      outcomeKey(outcomeOf(verdictOf(0, "observed", { actual: `${"C".repeat(1_000_000)}\n${end}` })));
    expect(big("a").length).toBeLessThan(400);
    expect(big("a")).not.toBe(big("b"));
    expect(formatOutcome(outcomeOf(verdictOf(0, "observed", { actual: "A\nB" })))).toBe("observed: A B");
  });
});

describe("a log that does not hold the complete run has a remark", () => {
  test.each<[string, string, number, RegExp]>([
    [
      "no footer",
      [header, ...verdicts, ""].join("\n"),
      14,
      /^the earlier run broke off: its log ends after 14 verdicts/,
    ],
    ["an incomplete last line", [header, ...verdicts, footer.slice(0, 40)].join("\n"), 14, /after 14 verdicts/],
    ["a header alone", header, 0, /after 0 verdicts/],
    [
      "an interrupted run",
      [header, ...verdicts, footer.replace('"interrupted":false', '"interrupted":true')].join("\n"),
      14,
      /^the earlier run was interrupted$/,
    ],
  ])("%s", (_, text, cases, message) => {
    const { outcomes, remarks } = read(text);
    expect(outcomes.size).toBe(cases);
    expect(remarks).toEqual([expect.stringMatching(message)]);
  });
});

describe("a file that is not a log of this format is refused with file, line and remedy", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["an empty file", "", /run\.ndjson:1: no header; .*; give the run\.ndjson/],
    ["half a header", header.slice(0, 30), /:1: no header/],
    ["text", "hello\n", /:1: not the log of an assay run .*; give the run\.ndjson/],
    ["bytes", Buffer.from([0, 255, 10, 254]), /:1: not the log/],
    ["other JSON", '{"a":1}\n', /:1: not the log/],
    ["a list", "[]\n", /:1: not the log/],
    ["a report", '{\n  "target": "emulator"\n}\n', /:1: not the log/],
    ["a log without its header", [...verdicts, footer].join("\n"), /:1: the log does not begin with a header/],
    [
      "an earlier format",
      header.replace('"format":2', '"format":1'),
      /:1: the log has format 1, .*; use the version of assay that wrote it, or run again/,
    ],
    ["a later format", header.replace('"format":2', '"format":3'), /:1: the log has format 3/],
    ["two runs", [golden, golden].join("\n"), /:19: a second header; a log holds one run, so split/],
    ["a damaged line", [header, verdicts[0], "{oops", footer].join("\n"), /:3: the log is damaged/],
    ...[
      '{"type":"verdict","id":"a/b/C/d"}',
      (verdicts[0] ?? "").replace('"status":"passed"', '"status":"green"'),
      (verdicts[0] ?? "").replace('"findings":[]', '"findings":[{"check":"code"}]'),
      '{"type":"remark"}',
    ].map((line): [string, string, RegExp] => [
      `the line ${line.slice(0, 40)}…`,
      [header, line, ...verdicts, footer].join("\n"),
      /:2: the log is damaged/,
    ]),
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test("the log of another target is refused with both names", () => {
  const previous = read(golden);
  expect(() => assertSameTarget(previous, "emulator")).not.toThrow();
  expect(() => assertSameTarget(previous, "staging")).toThrow(
    /run\.ndjson:1: that run judged the target "emulator", this one judges "staging"; give the log/,
  );
});
