/** Coverage of the five pages: every code, sample, parameter and output field is exercised, or has a reason why not. */
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
const isFlat = (binding: string) => protocolOf(binding).isFlat(binding);
const casesOf = (action: Action) => planAction(action, { depth: "standard", isFlat });

function actionOf({ document }: { document: string }): Action {
  const action = [...specs.actions.values()].find((a) => a.source.document === document);
  if (!action) throw new Error(`no spec of ${document}`);
  return action;
}

function coverageOf(action: Action): readonly ElementCoverage[] {
  const counter = createCoverageCounter();
  for (const c of casesOf(action)) counter.add(c);
  return [...counter.lines()][0]?.elements ?? [];
}

const nameOf = ({ id, kind }: ElementCoverage) => id.slice(id.indexOf(`/${kind}/`) + kind.length + 2);
const elementsOfKind = (elements: readonly ElementCoverage[], kind: ElementKind) =>
  elements.filter((e) => e.kind === kind);

/** Number of codes that cases provoke, and of the others by their causes. */
function codeRow(elements: readonly ElementCoverage[]): Record<string, number> {
  const row: Record<string, number> = {};
  for (const { cases, causes = [] } of elementsOfKind(elements, "code")) {
    const column = cases > 0 ? "exercised" : [...causes].sort().join("+");
    row[column] = (row[column] ?? 0) + 1;
  }
  return row;
}

const coverageByAction = new Map(documents.map((page) => [actionOf(page).id, coverageOf(actionOf(page))]));
const rows = Object.fromEntries([...coverageByAction].map(([id, elements]) => [id, codeRow(elements)]));

describe.each(documents)("$document $action", (page) => {
  const elements = coverageByAction.get(actionOf(page).id) ?? [];

  test("each code is exercised, or has a reason for each of its causes", () => {
    const codes = elementsOfKind(elements, "code");
    expect(codes.map(nameOf)).toEqual(page.errors.map(String));
    for (const { cases, notCoveredReason, causes } of codes) {
      if (cases > 0) continue;
      for (const cause of causes ?? []) expect(notCoveredReason).toMatch(new RegExp(`(?:^|; )${cause}: \\S`));
      expect(causes).not.toEqual([]);
    }
  });

  test("each sample is a case", () => {
    expect(elementsOfKind(elements, "sample").map((e) => e.cases)).toEqual(page.samples.map(() => 1));
  });

  test("each parameter is sent; each output field and each binding has a case", () => {
    const parameterNames = new Set(elementsOfKind(elements, "parameter").map(nameOf));
    for (const { name } of page.parameters.filter((p) => !actionOf(page).commonParameters.includes(p.name)))
      expect([...parameterNames]).toContain(name.replace(/\.N$/, ""));
    expect(elementsOfKind(elements, "output").map(nameOf).sort()).toEqual(page.outputs.map((o) => o.name).sort());
    const withoutCases = elements.filter((e) => e.kind !== "code" && e.cases === 0);
    expect(withoutCases.map((e) => e.id)).toEqual([]);
  });
});

/** Unexercised codes of the table that both pages of iai print. */
const shared = { account: 12, busy: 4, fault: 1, gateway: 1, "elsewhere+unreachable": 1 };

test("152 codes and 10 samples: the number of exercised codes, and of the others by cause", () => {
  console.table(rows);
  const codes = [...coverageByAction.values()].flatMap((elements) => elementsOfKind(elements, "code"));
  expect(codes).toHaveLength(152);
  expect([...coverageByAction.values()].flatMap((elements) => elementsOfKind(elements, "sample"))).toHaveLength(10);
  expect(rows).toEqual({
    "tencent/iai/DeletePersonFromGroup": { ...shared, exercised: 9, elsewhere: 37 },
    "tencent/iai/CreateGroup": { ...shared, exercised: 15, elsewhere: 31 },
    "tencent/organization/RemoveUserFromGroup": { exercised: 5, account: 1, throttle: 1, unreachable: 1 },
    "tencent/im/delete_group_member": { exercised: 4, auth: 1, "busy+fault": 1 },
    "aws/rekognition/DeleteUser": { exercised: 4, throttle: 2, "busy+elsewhere": 1, "busy+fault": 1 },
  });
});

test("without its situations a code is not exercised", () => {
  const complete = specs.actions.get("tencent/organization/RemoveUserFromGroup") as Action;
  const code = "FailedOperation.ZoneIdNotExist";
  const withoutSituation = {
    ...complete,
    situations: complete.situations.filter((s) => !s.refused?.codes.includes(code)),
  };
  const coverageOfCode = (action: Action) => elementsOfKind(coverageOf(action), "code").find((e) => nameOf(e) === code);
  expect(coverageOfCode(complete)?.cases).toBeGreaterThan(0);
  expect(coverageOfCode(withoutSituation)).toMatchObject({
    cases: 0,
    notCoveredReason: expect.stringMatching(/no selected case exercises it/),
  });
  expect(uncoveredCodes(complete, casesOf(complete))).toEqual([]);
  expect(uncoveredCodes(withoutSituation, casesOf(withoutSituation)).map((row) => row.code)).toEqual([code]);
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

  test("its log has the coverage of each action, and counts each verdict once by binding", () => {
    const recording = readRecording(join(out, "run.ndjson"));
    const lines = [...recording.coverage()];
    expect(lines.map((line) => line.action)).toEqual(recording.actions);
    for (const { action, elements } of lines) {
      const verdicts = [...recording.verdicts(action)];
      const bindings = elementsOfKind(elements, "binding");
      expect(bindings.reduce((n, e) => n + e.cases, 0)).toBe(verdicts.length);
      expect(bindings.reduce((n, e) => n + (e.verdicts.passed ?? 0), 0)).toBe(
        verdicts.filter((v) => v.status === "passed").length,
      );
      for (const e of elementsOfKind(elements, "code")) {
        const withCode = verdicts.filter((v) => v.status === "passed" && v.actual === nameOf(e));
        expect(e.exercised, e.id).toBe(withCode.length);
      }
      for (const e of elementsOfKind(elements, "rule")) {
        const verdictsOfRule = verdicts.filter((v) => v.rule === e.id);
        expect(e.cases, e.id).toBe(verdictsOfRule.length);
        const breaches = verdictsOfRule.filter((v) => v.status === "passed" && v.expect.outcome !== "success");
        expect(e.exercised, e.id).toBeGreaterThanOrEqual(breaches.length);
      }
    }
  });

  test("report.json lists coverage and observations, and summary.md has their totals", () => {
    const report = JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as {
      coverage: (ElementCoverage & { action: string })[];
      observations: { subject: string; reason: string; actual: Record<string, number>; example: string }[];
    };
    expect(new Set(report.coverage.map((e) => e.action)).size).toBe(2);
    const observation = report.observations.find((o) => o.subject === "rule/MemberToDel_Account/maxItems");
    expect(observation).toMatchObject({ reason: "later editions of the page allow 100" });
    expect(Object.values(observation?.actual ?? {}).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    const summary = readFileSync(join(out, "summary.md"), "utf8");
    expect(summary).toMatch(/^- codes: 14 documented, \d+ exercised; not exercised: .*busy/m);
    expect(summary).toMatch(/^- rules: \d+ documented, \d+ exercised, \d+ observed/m);
    expect(summary).toMatch(/^## Observed where the documents do not decide: \d+ subjects/m);
  });
});
