/** The reports of the hand-made runs, whole, broken off and beside an earlier one, against the approved files. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRecording } from "../../runner/log/reader.ts";
import type { Recording } from "../../runner/model/index.ts";
import { reports } from "../index.ts";
import { type Report, textOf } from "../report.ts";

const log = (name: string) => readRecording(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
const whole = log("run");
const compared = log("since");

/** Style and script of a page, and their digests, are told by other tests. */
const approved = (report: Report, recording: Recording): string =>
  textOf(report, recording)
    .replace(/(<style>).*(<\/style>)/s, "$1…$2")
    .replace(/(<script>).*(<\/script>)/s, "$1…$2")
    .replaceAll(/sha256-[\w+/]{43}=/g, "sha256-…");

describe.each(reports)("$id", (report) => {
  // All end in .txt, since a formatter would rewrite JSON and Markdown.
  const file = `${report.id}.txt`;
  test("of the whole run", async () => {
    await expect(approved(report, whole)).toMatchFileSnapshot(`golden/${file}`);
  });
  test("of the run without its footer", async () => {
    await expect(approved(report, { ...whole, footer: null })).toMatchFileSnapshot(`golden/broken-off/${file}`);
  });
  test("of a run beside an earlier one", async () => {
    await expect(approved(report, compared)).toMatchFileSnapshot(`golden/since/${file}`);
  });
});

test("colours change nothing but the colour", () => {
  const report = reports.find((one) => one.id === "console");
  if (report === undefined) throw new Error("no console report");
  const coloured = textOf(report, whole, { colour: true });
  const plain = textOf(report, whole);
  expect(coloured).not.toBe(plain);
  expect(coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g"), "")).toBe(plain);
});
