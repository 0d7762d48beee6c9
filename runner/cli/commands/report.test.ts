/** assay report: what goes where, and what is refused. */
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

/** The exit code, and what was said on both channels. */
async function told(...args: readonly string[]) {
  const said = { out: "", err: "" };
  const into = (channel: "out" | "err") => (text: unknown) => {
    said[channel] += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(into("out"));
  vi.spyOn(process.stderr, "write").mockImplementation(into("err"));
  const code = await runCli(["report", ...args]);
  vi.restoreAllMocks();
  return { code: code ?? 0, ...said };
}

test.each(reports.map((report) => [report.id, report] as const))(
  "--format %s is that report alone",
  async (id, report) => {
    const { code, out } = await told(log, "--format", id);
    expect(code).toBe(0);
    const colours = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(out.replace(colours, "")).toBe(textOf(report, readRecording(log)));
  },
);

test("--out makes the folder, and writes what is a file of a run: no HAR", async () => {
  const out = join(folder, "deep", "down");
  expect(await told(log, "--out", out)).toEqual({ code: 0, out: "", err: "" });
  const files = reports.map((report) => report.file).filter((file) => file !== null);
  expect(readdirSync(out).sort()).toEqual([...files].sort());
  for (const report of reports)
    if (report.file) expect(readFileSync(join(out, report.file), "utf8")).toBe(textOf(report, readRecording(log)));
});

test("both at once, a file that is not there and one that is no log are refused, and nothing is written", async () => {
  const damaged = join(folder, "damaged.ndjson");
  writeFileSync(damaged, `${readFileSync(log, "utf8").slice(0, 3000)}\n{}\n`);
  const out = join(folder, "never");
  for (const [args, said] of [
    [[log, "--format", "har", "--out", out], "cannot be used with"],
    [[join(folder, "absent"), "--out", out], "no such log"],
    // Such as what a shell makes of `<(…)`: it can be read once.
    [["/dev/null", "--out", out], "/dev/null: no file; give a run.ndjson that stays where it is"],
    [[damaged, "--out", out], "damaged.ndjson:6: the log is damaged"],
    [[log, "--format", "pdf"], "Allowed choices"],
  ] as const) {
    const { code, err } = await told(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(err).not.toContain("    at ");
  }
  expect(readdirSync(folder)).not.toContain("never");
});

test("where a folder stands in the place of a report, that is said, with 2", async () => {
  const out = join(folder, "occupied");
  mkdirSync(join(out, "report.html"), { recursive: true });
  const { code, err } = await told(log, "--out", out);
  expect([code, err]).toEqual([2, `${join(out, "report.html")}: a folder stands there\n`]);
});
