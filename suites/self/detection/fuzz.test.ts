/** Mixes of deviations: several at once, the same for a seed, shrunk where they fail, and never green by an accident of assay. */
import { expect, test } from "vitest";
import type { Check } from "../../../runner/check/check.ts";
import { checks } from "../../../runner/check/checks/index.ts";
import type { MemberEdit } from "../../../runner/model/index.ts";
import { runCases } from "./run-cases.ts";

const select = ["aws/rekognition/DeleteUser/fuzz/**", "tencent/iai/CreatePerson/fuzz/**"];
const deviations = (edit: MemberEdit | null): readonly MemberEdit[] => (edit?.op === "several" ? edit.edits : []);
const touches = (edit: MemberEdit, name: string): boolean => edit.op === "set" && edit.at.parameter === name;

/** Blames every call that deviates in one parameter. */
const blaming = (name: string): Check => ({
  id: "blaming",
  findings: ({ testCase }) =>
    deviations(testCase.edit).some((e) => touches(e, name))
      ? [{ check: "blaming", level: "must", location: "body", expected: "", actual: "" }]
      : [],
});

test("a mix has several deviations", async () => {
  const { verdicts } = await runCases({ select });
  expect(verdicts.length).toBe(10);
  for (const { status, title } of verdicts) {
    expect(status).toBe("passed");
    expect(title.split(", ").length).toBeGreaterThan(1);
  }
});

test("the seed makes it, and nothing else", async () => {
  const titles = async (seed: number) =>
    (await runCases({ select, seed })).verdicts.map((v) => `${v.id} ${v.title}`).sort();
  const first = await titles(5);
  expect(await titles(5)).toEqual(first);
  expect(await titles(6)).not.toEqual(first);
});

test("a failure is shrunk to the deviation that fails", async () => {
  const found = [];
  for (const seed of [1, 2, 3]) {
    const { verdicts } = await runCases({
      select,
      seed,
      checks: [...checks, blaming("UserId"), blaming("PersonName")],
    });
    found.push(...verdicts.filter((v) => v.status === "failed"));
  }
  expect(found.length).toBeGreaterThan(0);
  for (const { title } of found) expect(title).toMatch(/^MUST \w+ a call with (?:UserId|PersonName)[^,]*$/);
});

test("a fault of assay itself is an errored verdict", async () => {
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
