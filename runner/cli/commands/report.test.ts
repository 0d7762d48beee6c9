/** `assay report`: its outputs and the arguments that it rejects. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { reports } from "../../../reports/index.ts";
import { textOf } from "../../../reports/report.ts";
import { readRecording } from "../../log/reader.ts";
import { runCli } from "../program.ts";

const log = fileURLToPath(new URL("../../../reports/testing/golden/run.ndjson", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "assay-report-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Runs `assay report`; resolves to its exit code and the text of both output streams. */
async function runReport(...args: readonly string[]) {
  const output = { out: "", err: "" };
  const capture = (stream: "out" | "err") => (text: unknown) => {
    output[stream] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(capture("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(capture("err"));
  const code = await runCli(["report", ...args]);
  vi.restoreAllMocks();
  return { code: code ?? 0, ...output };
}

test.each(reports.map((report) => [report.id, report] as const))(
  "--format %s prints only that report",
  async (id, report) => {
    const { code, out } = await runReport(log, "--format", id);
    expect(code).toBe(0);
    const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(out.replace(colours, "")).toBe(textOf(report, readRecording(log)));
  },
);

test("--out creates the folder and writes every report that is a file, which HAR is not", async () => {
  const out = join(folder, "deep", "down");
  expect(await runReport(log, "--out", out)).toEqual({ code: 0, out: "", err: "" });
  const files = reports.map((report) => report.file).filter((file) => file !== null);
  expect(readdirSync(out).sort()).toEqual([...files].sort());
  for (const report of reports)
    if (report.file) expect(readFileSync(join(out, report.file), "utf8")).toBe(textOf(report, readRecording(log)));
});

test("--format with --out, a missing file, and a file that is not a log are rejected, and nothing is written", async () => {
  const damaged = join(folder, "damaged.ndjson");
  writeFileSync(damaged, `${readFileSync(log, "utf8").slice(0, 3000)}\n{}\n`);
  const out = join(folder, "never");
  for (const [args, message] of [
    [[log, "--format", "har", "--out", out], "cannot be used with"],
    [[join(folder, "absent"), "--out", out], "absent: file not found"],
    // A pipe or a device, such as that of a shell's `<(…)`, can be read only once.
    [["/dev/null", "--out", out], "/dev/null: not a regular file; give the path of a run.ndjson"],
    [[damaged, "--out", out], "damaged.ndjson:6: the log is damaged"],
    [[log, "--format", "pdf"], "Allowed choices"],
  ] as const) {
    const { code, err } = await runReport(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).not.toContain("    at ");
  }
  expect(readdirSync(folder)).not.toContain("never");
});

test("exit code 2 if a report file cannot be written because a folder has its name", async () => {
  const out = join(folder, "occupied");
  mkdirSync(join(out, "report.html"), { recursive: true });
  const { code, err } = await runReport(log, "--out", out);
  expect([code, err]).toEqual([
    2,
    `${join(out, "report.html")}: a folder has this name; remove it or use another --out\n`,
  ]);
});
