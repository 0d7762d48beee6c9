/** The reports of the hand-made runs, whole, broken off and beside an earlier one, against the approved files. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRecording } from "../../runner/log/reader.ts";
import type { Recording } from "../../runner/model/index.ts";
import { reports } from "../index.ts";
import { type Report, textOf } from "../report.ts";

const readGolden = (name: string) => readRecording(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
const goldenRun = readGolden("run");
const comparedRun = readGolden("since");

/** Style and script of a page, and their digests, are told by other tests. */
const stablePage = (report: Report, recording: Recording): string =>
  textOf(report, recording)
    .replace(/(<style>).*(<\/style>)/s, "$1…$2")
    .replace(/(<script>).*(<\/script>)/s, "$1…$2")
    .replaceAll(/sha256-[\w+/]{43}=/g, "sha256-…");

describe.each(reports)("$id", (report) => {
  // All end in .txt, since a formatter would rewrite JSON and Markdown.
  const file = `${report.id}.txt`;
  test("of the whole run", async () => {
    await expect(stablePage(report, goldenRun)).toMatchFileSnapshot(`golden/${file}`);
  });
  test("of the run without its footer", async () => {
    await expect(stablePage(report, { ...goldenRun, footer: null })).toMatchFileSnapshot(`golden/broken-off/${file}`);
  });
  test("of a run beside an earlier one", async () => {
    await expect(stablePage(report, comparedRun)).toMatchFileSnapshot(`golden/since/${file}`);
  });
});

test("colours change nothing but the colour", () => {
  const report = reports.find((candidate) => candidate.id === "console");
  if (report === undefined) throw new Error("no console report");
  const colouredText = textOf(report, goldenRun, { colour: true });
  const plainText = textOf(report, goldenRun);
  expect(colouredText).not.toBe(plainText);
  expect(colouredText.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")).toBe(plainText);
});
