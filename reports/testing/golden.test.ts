/** The reports of hand-made runs (complete, broken off, compared with an earlier run) against the approved files. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRecording } from "../../runner/log/reader.ts";
import type { Recording } from "../../runner/model/index.ts";
import { reports } from "../index.ts";
import { type Report, textOf } from "../report.ts";

const readGolden = (name: string) => readRecording(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
const goldenRun = readGolden("run");
const comparedRun = readGolden("since");

/** Without style, script and their digests, which other tests cover. */
const stablePage = (report: Report, recording: Recording): string =>
  textOf(report, recording)
    .replace(/(<style>).*(<\/style>)/s, "$1…$2")
    .replace(/(<script>).*(<\/script>)/s, "$1…$2")
    .replaceAll(/sha256-[\w+/]{43}=/g, "sha256-…");

describe.each(reports)("$id", (report) => {
  // All end in .txt, because a formatter would rewrite JSON and Markdown.
  const file = `${report.id}.txt`;
  test("of the whole run", async () => {
    await expect(stablePage(report, goldenRun)).toMatchFileSnapshot(`golden/${file}`);
  });
  test("of the run without its footer", async () => {
    await expect(stablePage(report, { ...goldenRun, footer: null })).toMatchFileSnapshot(`golden/broken-off/${file}`);
  });
  test("of a run compared with an earlier one", async () => {
    await expect(stablePage(report, comparedRun)).toMatchFileSnapshot(`golden/since/${file}`);
  });
});

test("colours do not change the text", () => {
  const report = reports.find((candidate) => candidate.id === "console");
  if (report === undefined) throw new Error("no console report");
  const colouredText = textOf(report, goldenRun, { colour: true });
  const plainText = textOf(report, goldenRun);
  expect(colouredText).not.toBe(plainText);
  expect(colouredText.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")).toBe(plainText);
});
