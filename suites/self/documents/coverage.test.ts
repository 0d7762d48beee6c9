/** All that the five pages say is exercised, or told why it is not: every code, every sample, every field of an answer. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCoverageCounter } from "../../../runner/cases/coverage-counter.ts";
import { planAction } from "../../../runner/cases/plan.ts";
import { uncoveredCodes } from "../../../runner/lint/uncovered-codes.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import type { Action, ElementCoverage, ElementKind } from "../../../runner/model/index.ts";
import { protocolOf } from "../../../runner/protocols/index.ts";
import { specsOf } from "../../vitest.ts";
import { runAssay } from "../cli/run-cli.ts";
import documents from "./documents.json" with { type: "json" };

const specs = specsOf();
const flat = (binding: string) => protocolOf(binding).isFlat(binding);

function actionOf({ document }: { document: string }): Action {
  const found = [...specs.actions.values()].find((a) => a.source.document === document);
  if (!found) throw new Error(`no spec of ${document}`);
  return found;
}

function coverageOf(action: Action): readonly ElementCoverage[] {
  const counted = createCoverageCounter();
  for (const c of planAction(action, { depth: "standard", isFlat: flat })) counted.add(c);
  return [...counted.lines()][0]?.elements ?? [];
}

const nameOf = ({ id, kind }: ElementCoverage) => id.slice(id.indexOf(`/${kind}/`) + kind.length + 2);
const of = (elements: readonly ElementCoverage[], kind: ElementKind) => elements.filter((e) => e.kind === kind);

/** Provoked codes, and the others by what they come of. */
function codeRow(elements: readonly ElementCoverage[]): Record<string, number> {
  const row: Record<string, number> = {};
  for (const { cases, causes = [] } of of(elements, "code")) {
    const column = cases > 0 ? "provoked" : [...causes].sort().join("+");
    row[column] = (row[column] ?? 0) + 1;
  }
  return row;
}

const covered = new Map(documents.map((page) => [actionOf(page).id, coverageOf(actionOf(page))]));
const rows = Object.fromEntries([...covered].map(([id, elements]) => [id, codeRow(elements)]));

describe.each(documents)("$document $action", (page) => {
  const elements = covered.get(actionOf(page).id) ?? [];

  test("each code is provoked or has a reason by cause", () => {
    const codes = of(elements, "code");
    expect(codes.map(nameOf)).toEqual(page.errors.map(String));
    for (const { cases, notCoveredReason, causes } of codes) {
      if (cases > 0) continue;
      for (const cause of causes ?? []) expect(notCoveredReason).toMatch(new RegExp(`(?:^|; )${cause}: \\S`));
      expect(causes).not.toEqual([]);
    }
  });

  test("each sample is a case", () => {
    expect(of(elements, "sample").map((e) => e.cases)).toEqual(page.samples.map(() => 1));
  });

  test("each parameter is sent, each field of the answer and each binding is awaited", () => {
    const own = new Set(of(elements, "parameter").map(nameOf));
    for (const { name } of page.parameters.filter((p) => !actionOf(page).commonParameters.includes(p.name)))
      expect([...own]).toContain(name.replace(/\.N$/, ""));
    expect(of(elements, "output").map(nameOf).sort()).toEqual(page.outputs.map((o) => o.name).sort());
    const idle = elements.filter((e) => e.kind !== "code" && e.cases === 0);
    expect(idle.map((e) => e.id)).toEqual([]);
  });
});

/** Of the table that both pages of the one product print, what no call brings about. */
const shared = { account: 12, busy: 4, fault: 1, "front-door": 1, "elsewhere+unreachable": 1 };

test("152 codes and 10 samples: so many are provoked, the others by cause", () => {
  console.table(rows);
  const codes = [...covered.values()].flatMap((elements) => of(elements, "code"));
  expect(codes).toHaveLength(152);
  expect([...covered.values()].flatMap((elements) => of(elements, "sample"))).toHaveLength(10);
  expect(rows).toEqual({
    "tencent/iai/DeletePersonFromGroup": { ...shared, provoked: 9, elsewhere: 37 },
    "tencent/iai/CreateGroup": { ...shared, provoked: 15, elsewhere: 31 },
    "tencent/organization/RemoveUserFromGroup": { provoked: 5, account: 1, throttle: 1, unreachable: 1 },
    "tencent/im/delete_group_member": { provoked: 4, auth: 1, "busy+fault": 1 },
    "aws/rekognition/DeleteUser": { provoked: 4, throttle: 2, "busy+elsewhere": 1, "busy+fault": 1 },
  });
});

test("strike the situations of a code, and it is unprovoked", () => {
  const whole = specs.actions.get("tencent/organization/RemoveUserFromGroup") as Action;
  const code = "FailedOperation.ZoneIdNotExist";
  const without = { ...whole, situations: whole.situations.filter((s) => !s.refused?.codes.includes(code)) };
  const at = (action: Action) => of(coverageOf(action), "code").find((e) => nameOf(e) === code);
  expect(at(whole)?.cases).toBeGreaterThan(0);
  expect(at(without)).toMatchObject({ cases: 0, notCoveredReason: expect.stringMatching(/none of the chosen cases/) });
  expect(uncoveredCodes(whole, flat)).toEqual([]);
  expect(uncoveredCodes(without, flat).map((row) => row.code)).toEqual([code]);
});

describe("a run", () => {
  let out = "";
  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), "assay-coverage-"));
    const { code } = await runAssay(
      "run",
      "--select",
      "aws/rekognition/DeleteUser",
      "tencent/im/delete_group_member",
      "--out",
      out,
    );
    expect(code).toBe(0);
  });
  afterAll(() => rmSync(out, { recursive: true }));

  test("its log holds the coverage of each action, and each verdict once for its binding", () => {
    const recording = readRecording(join(out, "run.ndjson"));
    const lines = [...recording.coverage()];
    expect(lines.map((line) => line.action)).toEqual(recording.actions);
    for (const { action, elements } of lines) {
      const verdicts = [...recording.verdicts(action)];
      const bound = of(elements, "binding");
      expect(bound.reduce((n, e) => n + e.cases, 0)).toBe(verdicts.length);
      expect(bound.reduce((n, e) => n + (e.verdicts.passed ?? 0), 0)).toBe(
        verdicts.filter((v) => v.status === "passed").length,
      );
      for (const e of of(elements, "code")) {
        const saw = verdicts.filter((v) => v.status === "passed" && v.actual === nameOf(e));
        expect(e.exercised, e.id).toBe(saw.length);
      }
      for (const e of of(elements, "rule")) {
        const mine = verdicts.filter((v) => v.rule === e.id);
        expect(e.cases, e.id).toBe(mine.length);
        const broken = mine.filter((v) => v.status === "passed" && v.expect.outcome !== "success");
        expect(e.exercised, e.id).toBeGreaterThanOrEqual(broken.length);
      }
    }
  });

  test("report.json holds both, flat; summary.md sums them up", () => {
    const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as {
      coverage: (ElementCoverage & { action: string })[];
      observations: { subject: string; reason: string; actual: Record<string, number>; example: string }[];
    };
    expect(new Set(report.coverage.map((e) => e.action)).size).toBe(2);
    const open = report.observations.find((o) => o.subject.endsWith("/rule/MemberToDel_Account/maxItems"));
    expect(open).toMatchObject({ reason: "later editions of the page allow 100" });
    expect(Object.values(open?.actual ?? {}).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    const summary = readFileSync(join(out, "summary.md"), "utf8");
    expect(summary).toMatch(/^- codes: 14 documented, \d+ provoked; not provoked: .*busy/m);
    expect(summary).toMatch(/^- rules: \d+ documented, \d+ provoked, \d+ observed/m);
    expect(summary).toMatch(/^## Observed: \d+ open places/m);
  });
});
