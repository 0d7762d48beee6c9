/** The messages on the page of the checks are those that a run writes for the fault and the case that the page names. */
import { expect, test } from "vitest";
import { describeFinding } from "../../../reports/text/sentences.ts";
import { isDetected } from "../detection/detection-matrix.ts";
import { runCases } from "../detection/run-cases.ts";
import { readPage } from "./page.ts";

const sections = readPage("runner/check/checks/README.md").sections.filter(({ depth }) => depth === 3);

test.each(sections.map(({ text, codeBlocks }) => [text, codeBlocks] as const))("%s", async (check, codeBlocks) => {
  expect(codeBlocks.length).toBe(1);
  const [, fault = "", id = "", messages] =
    /^fault (\S+), case (\S+)\n([\s\S]+)$/.exec(codeBlocks[0]?.text ?? "") ?? [];
  const { verdicts } = await runCases({ select: [id], faults: [fault] });
  expect(verdicts.map((verdict) => [verdict.id, isDetected(verdict)])).toEqual([[id, true]]);
  const findings = verdicts.flatMap((verdict) => verdict.findings).filter((finding) => finding.check === check);
  expect(findings.map(describeFinding).join("\n")).toBe(messages);
});
