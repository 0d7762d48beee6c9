/** Recordings -> the text of each cell. */
import { describe, expect, test } from "vitest";
import { footerOf, verdictOf } from "../../reports/testing/laws.ts";
import { recordingInMemory } from "../log/reader.ts";
import type { Header, Status, Verdict } from "../model/index.ts";
import { createMatrix } from "./matrix.ts";

const header: Header = {
  type: "header",
  format: 2,
  assay: "1.0.0",
  run: "r1",
  target: "cloud",
  seed: 1,
  depth: "standard",
  select: [],
  started: "2026-01-02T00:00:00Z",
  rerun: "",
};

const runOf = (
  statuses: readonly Status[],
  headerFields: Partial<Header> = {},
  verdictFields: Partial<Verdict> = {},
) => {
  const verdicts = statuses.map((status, n) => verdictOf(n, status, verdictFields));
  return recordingInMemory({ ...header, ...headerFields }, verdicts, footerOf(verdicts));
};

const cellText = (statuses: readonly Status[], headerFields: Partial<Header> = {}): string | undefined =>
  createMatrix([runOf(statuses, headerFields)]).actions[0]?.cells[0]?.word;

describe("a cell", () => {
  test.each<[string, readonly Status[]]>([
    ["conformant 2/2", ["passed", "passed", "observed"]],
    ["1 of 4 failed, 1 undecided", ["passed", "failed", "indeterminate", "known"]],
    ["1 of 2 failed", ["passed", "failed", "observed"]],
    ["unsound", ["failed", "errored"]],
    ["1 of 2 undecided", ["passed", "indeterminate"]],
    ["1 of 2 known to fail", ["passed", "known"]],
    ["not implemented", ["unimplemented", "skipped"]],
    ["observed", ["observed"]],
    ["not judged", ["skipped"]],
    ["1/2, the rest not judged", ["passed", "skipped"]],
  ])("is %j", (expected, statuses) => {
    expect(cellText(statuses)).toBe(expected);
  });

  test.each<Partial<Header>>([{ select: ["p/**"] }, { depth: "quick" }, { readOnly: true }])(
    "is not conformant for a run without all cases: %o",
    (headerFields) => {
      expect(cellText(["passed"], headerFields)).toBe("no failure 1/1");
    },
  );

  test("is not conformant for a run that broke off", () => {
    const brokenOff = { ...runOf(["passed"]), footer: null };
    const { actions, columns } = createMatrix([brokenOff]);
    expect(actions[0]?.cells[0]?.word).toBe("no failure 1/1");
    expect(columns[0]?.remarks).toEqual(["broke off"]);
  });
});

test("the last row counts every case of a run; null where it has none", () => {
  const { all } = createMatrix([runOf(["passed", "observed", "failed"]), runOf([])]);
  expect([all.name, all.cells.map((cell) => cell?.word ?? null)]).toEqual(["all", ["1 of 2 failed", null]]);
});

test("columns of the same target, run and day are numbered", () => {
  const matrix = createMatrix([runOf(["passed"]), runOf(["passed"]), runOf(["passed"], { run: "r2" })]);
  expect(matrix.columns.map(({ name }) => name)).toEqual([
    "cloud r1 2026-01-02 (1)",
    "cloud r1 2026-01-02 (2)",
    "cloud r2 2026-01-02",
  ]);
});

test("columns are runs, rows are actions and their families; null where a run has no such case", () => {
  const { columns, actions } = createMatrix([
    runOf(["passed"]),
    runOf(["failed"], { run: "r2" }, { family: "enum" }),
    runOf(["passed"], { target: "emulator" }, { action: "p/s/Other" }),
  ]);
  expect(columns.map(({ name }) => name)).toEqual(["cloud r1 2026-01-02", "cloud r2 2026-01-02", "emulator"]);
  const texts = actions.map(({ name, cells, families }) => [
    name,
    cells.map((cell) => cell?.word ?? null),
    families.map((row) => [row.name, row.cells.map((cell) => cell?.word ?? null)]),
  ]);
  expect(texts).toEqual([
    [
      "p/s/Act",
      ["conformant 1/1", "1 of 1 failed", null],
      [
        ["valid", ["conformant 1/1", null, null]],
        ["enum", [null, "1 of 1 failed", null]],
      ],
    ],
    ["p/s/Other", [null, null, "conformant 1/1"], [["valid", [null, null, "conformant 1/1"]]]],
  ]);
});
