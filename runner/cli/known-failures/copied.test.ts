/** A finding of each check that is copied into a list of known failures, as the log has it -> the case is known. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { runCases } from "../../../suites/self/detection/run-cases.ts";
import { readPage } from "../../../suites/self/pages/page.ts";
import { readKnown } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-known-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The page of the checks names a fault and a case that fails for it, for each check. */
const examples = readPage("runner/check/checks/README.md")
  .sections.filter(({ depth }) => depth === 3)
  .map(({ text, codeBlocks }) => {
    const [, fault = "", id = ""] = /^fault (\S+), case (\S+)\n/.exec(codeBlocks[0]?.text ?? "") ?? [];
    return [text, fault, id] as const;
  });

test.each(examples)("%s", async (check, fault, id) => {
  const run = { select: [id], faults: [fault] };
  const [verdict] = (await runCases(run)).verdicts;
  const must = verdict?.findings.filter(({ level }) => level === "must") ?? [];
  // A check of warnings alone fails no case.
  if (verdict?.status === "passed") return expect(must).toEqual([]);
  expect(must.some((finding) => finding.check === check)).toBe(true);
  const file = join(folder, `${check}.yaml`);
  const known = must.map(({ level: _, ...finding }) => ({ case: id, ...finding, reason: "copied" }));
  writeFileSync(file, stringify({ known }));
  const again = await runCases({ ...run, known: readKnown(file) });
  expect(again.verdicts.map(({ status }) => status)).toEqual(["known"]);
  expect(again.staleKnownFailures).toEqual([]);
});
