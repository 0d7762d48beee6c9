/** The reports of the hand-made runs, whole, broken off and beside an earlier one, against the approved files. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { reports } from "./index.ts";
import { readRecording } from "./recording.ts";
import { textOf } from "./report.ts";

const log = (name: string) => readRecording(fileURLToPath(new URL(`golden/${name}.ndjson`, import.meta.url)));
const whole = log("run");
const compared = log("since");

describe.each(reports)("$id", (report) => {
  // All end in .txt, since a formatter would rewrite JSON and Markdown.
  const file = `${report.id}.txt`;
  test("of the whole run", async () => {
    await expect(textOf(report, whole)).toMatchFileSnapshot(`golden/${file}`);
  });
  test("of the run without its footer", async () => {
    await expect(textOf(report, { ...whole, footer: null })).toMatchFileSnapshot(`golden/broken-off/${file}`);
  });
  test("of a run beside an earlier one", async () => {
    await expect(textOf(report, compared)).toMatchFileSnapshot(`golden/since/${file}`);
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
