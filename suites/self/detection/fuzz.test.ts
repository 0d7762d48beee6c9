/** Combinations of deviations (family `fuzz`): several per case, determined by the seed, shrunk if they fail, errored if assay itself fails. */
import { expect, test } from "vitest";
import type { Check } from "../../../runner/check/check.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import type { MemberEdit } from "../../../runner/model/index.ts";
import { runCases } from "./run-cases.ts";

const select = ["aws/rekognition/DeleteUser/fuzz/**", "tencent/iai/CreatePerson/fuzz/**"];
const deviations = (edit: MemberEdit | null): readonly MemberEdit[] => (edit?.op === "several" ? edit.edits : []);
const touches = (edit: MemberEdit, name: string): boolean => edit.op === "set" && edit.at.parameter === name;

/** A check that fails every call that deviates in this parameter. */
const failingCheck = (name: string): Check => ({
  id: "blaming",
  findings: ({ testCase }) =>
    deviations(testCase.edit).some((e) => touches(e, name))
      ? [{ check: "blaming", level: "must", location: "body", expected: "", actual: "" }]
      : [],
});

test("a case has several deviations", async () => {
  const { verdicts } = await runCases({ select });
  expect(verdicts.length).toBe(10);
  for (const { status, title } of verdicts) {
    expect(status).toBe("passed");
    expect(title.split(", ").length).toBeGreaterThan(1);
  }
});

test("the deviations depend on the seed only", async () => {
  const titles = async (seed: number) =>
    (await runCases({ select, seed })).verdicts.map((v) => `${v.id} ${v.title}`).sort();
  const first = await titles(5);
  expect(await titles(5)).toEqual(first);
  expect(await titles(6)).not.toEqual(first);
});

test("a seed gives the same deviations as long as the specs and families do: earlier logs and their rerun commands stay comparable", async () => {
  const { verdicts } = await runCases({ select: ["tencent/iai/CreateGroup/fuzz/**@tc3-post"], seed: 1 });
  const titleOf = (n: number) => verdicts.find(({ id }) => id.endsWith(`/${n}@tc3-post`))?.title;
  expect([1, 2, 3].map(titleOf)).toEqual([
    "MUST refuse a call with GroupExDescriptions.items/combining-accent-inside, Tag/arabic-digit-inside",
    "MUST refuse a call with GroupName/61-chars-latin, GroupId/carriage-return-end",
    "MUST refuse a call with GroupName/escape-end, Tag/equals-start",
  ]);
});

// A mix may have a value that breaks a rule beside one on which the documents disagree: the code of either is right.
test.each(["open-refused", "utf16-lengths"])(
  "a server that refuses disputed values has no finding: %s",
  async (variant) => {
    const findings: string[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const { verdicts } = await runCases({ select: ["tencent/iai/Create*/fuzz/**"], seed, variants: [variant] });
      for (const v of verdicts) findings.push(...v.findings.map(({ actual }) => `${v.id} seed ${seed}: ${actual}`));
    }
    expect(findings).toEqual([]);
  },
);

test("a failure is shrunk to the failing deviation", async () => {
  const failed = [];
  for (const seed of [1, 2, 3]) {
    const { verdicts } = await runCases({
      select,
      seed,
      checks: [...checks, failingCheck("UserId"), failingCheck("PersonName")],
    });
    failed.push(...verdicts.filter((v) => v.status === "failed"));
  }
  expect(failed.length).toBeGreaterThan(0);
  for (const { title } of failed) expect(title).toMatch(/^MUST \w+ a call with (?:UserId|PersonName)[^,]*$/);
});

test("an exception of assay itself is an errored verdict", async () => {
  const throwing: Check = {
    id: "throwing",
    findings({ testCase }) {
      if (deviations(testCase.edit).length > 1) throw new Error("a mistake");
      return [];
    },
  };
  const { verdicts } = await runCases({ select, checks: [...checks, throwing] });
  expect(verdicts.map((v) => v.status)).toEqual(Array.from({ length: 10 }, () => "errored"));
});
