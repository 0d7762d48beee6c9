/** `assay sdk` as a user runs it: the drivers of the repository, exit codes, reports, known failures, comparisons. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readRecording } from "../../../runner/log/reader.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { command } from "../cli/run-in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-sdk-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (path: string): string => join(packageRoot(), path);
const node = `'${process.execPath}'`;
const nodeAws = `${node} '${file("suites/drivers/node-aws/driver.mjs")}'`;
const nodeTencent = `${node} '${file("suites/drivers/node-tencent/driver.mjs")}'`;
const reference = (faults: string): string =>
  `${node} --import tsx '${file("suites/self/sdk/reference-driver.ts")}' ${faults}`;

let runs = 0;
const gate = async (driver: string, ...options: string[]) => {
  const dir = join(folder, String(++runs));
  return { dir, ...(await command(["sdk", "--driver", driver, "--out", dir, ...options])) };
};
const executed = "aws/rekognition/CreateCollection/sdk-retries/once/executed@awsjson11";

describe("the drivers of the repository", () => {
  test("node-aws: every failure is in the list of known failures", async () => {
    const known = file("suites/drivers/node-aws/known.yaml");
    const { code, dir, err } = await gate(nodeAws, "--known", known, "--depth", "quick", "--timeout", "1");
    expect([code, err]).toEqual([0, ""]);
    const { verdicts, footer } = readRecording(join(dir, "run.ndjson"));
    const statuses = new Map([...verdicts()].map(({ id, status }) => [id, status]));
    expect(statuses.get(executed)).toBe("known");
    expect(footer?.counts).toMatchObject({ known: 1, failed: 0, skipped: 0, indeterminate: 0, errored: 0 });
    for (const name of ["report.html", "summary.md", "junit.xml", "report.json"])
      expect(existsSync(join(dir, name)), name).toBe(true);
  });

  test("node-tencent: nothing fails, and the leniencies that its requests needed are printed", async () => {
    const { code, dir, err, out } = await gate(nodeTencent, "--depth", "quick", "--timeout", "1");
    const leniencies = [...out.matchAll(/^leniency ([a-z-]+): [1-9][\d,]* requests/gm)].map(([, id]) => id);
    expect(leniencies).toEqual(["host-without-port", "scope-of-address", "request-client", "trace-id"]);
    expect([code, err]).toEqual([0, ""]);
    const { actions, footer } = readRecording(join(dir, "run.ndjson"));
    expect(actions.length).toBe(28);
    expect(footer?.counts).toMatchObject({ failed: 0, skipped: 0, indeterminate: 0, errored: 0 });
  });
});

test("a failure has exit code 1 and a command that repeats it", async () => {
  const { code, lines } = await gate(nodeAws, "--select", executed);
  expect(code).toBe(1);
  expect(lines).toContain(`failed ${executed}`);
  expect(lines).toContain("  repeated-call: requests must be 1, but is 2.");
  expect(lines.find((line) => line.startsWith("  rerun: "))).toMatch(
    /assay -- sdk --driver .*driver\.mjs.* --select aws\/rekognition\/CreateCollection\/sdk-retries\/once\/executed@awsjson11 --verbose$/,
  );
});

test("a known failure that does not occur is stale", async () => {
  const known = join(folder, "stale.yaml");
  writeFileSync(
    known,
    `known:\n  - { case: "aws/rekognition/*/sdk-codes/**", check: code, location: code, actual: success, reason: none }\n`,
  );
  const { code, dir } = await gate(nodeAws, "--known", known, "--select", "aws/rekognition/DeleteUser/sdk-codes/**");
  expect(code).toBe(1);
  expect(readRecording(join(dir, "run.ndjson")).footer?.staleKnownFailures).toHaveLength(1);
});

test("two runs are compared", async () => {
  const select = ["--select", "aws/rekognition/DeleteUser/sdk-codes/**"];
  const before = await gate(nodeAws, ...select);
  const after = await gate(nodeAws, ...select, "--seed", "2");
  const log = ({ dir }: { dir: string }) => join(dir, "run.ndjson");
  const { code, out } = await command(["compare", log(before), log(after)]);
  expect(code).toBe(0);
  expect(out).toContain("B agrees with A: 31 cases, no change.");
});

test("with --since only changes since the run of an earlier release decide", async () => {
  const select = ["--select", "tencent/iai/DeleteGroup/sdk-variants/charset/**"];
  const earlier = await gate(reference("charset-hides-errors"), ...select);
  const log = join(earlier.dir, "run.ndjson");
  writeFileSync(log, readFileSync(log, "utf8").replace('"reference 1.0"', '"reference 0.9"'));
  const same = await gate(reference("charset-hides-errors"), "--since", log, ...select);
  expect([earlier.code, same.code]).toEqual([1, 0]);
  const fixed = await gate(reference(""), "--since", log, ...select);
  expect(fixed.code).toBe(1);
  expect(fixed.out).toContain("1 better");
  const other = await gate(nodeAws, "--since", log);
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('that run judged the target "reference 0.9"')]);
});

describe("exit code 2 where the driver is at fault:", () => {
  test.each([
    ["it cannot be started", "/nonexistent/driver", "the driver is at fault: it ended (exit code 127"],
    [
      "it has no actions of the specs",
      `${node} -e 'process.stdin.on("data", () => console.log(JSON.stringify({ id: 0, sdk: "x", version: "", actions: ["x"], bindings: ["y"] })))'`,
      '"actions" of its hello name no action of the specs',
    ],
    [
      "it hides a refusal",
      reference("swallows-errors"),
      'must be an "error" of kind "api" with that code, but is "ok"',
    ],
  ])("%s", async (_, driver, message) => {
    const { code, err, dir } = await gate(driver);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(existsSync(join(dir, "run.ndjson"))).toBe(false);
  });
});

test("--self-test prints what the driver can do and writes nothing", async () => {
  const { code, dir, lines } = await gate(nodeAws, "--self-test");
  expect(code).toBe(0);
  expect(lines).toContain("The driver passed its self-test.");
  expect(existsSync(dir)).toBe(false);
});

test("exit code 3 where the driver dies in every call: the cases are indeterminate, and the reason names it", async () => {
  const { code, dir } = await gate(reference("dies"), "--select", "aws/rekognition/DeleteUser/sdk-codes/**");
  expect(code).toBe(3);
  const [first, ...others] = [...readRecording(join(dir, "run.ndjson")).verdicts()];
  expect([first?.status, first?.reason]).toEqual(["indeterminate", "the driver is at fault: it ended (exit code 7)"]);
  expect(others.at(-1)?.reason).toBe("the driver failed 3 times in a row and is not started again");
});

test("the schema of the messages is part of the package", () => {
  const { files } = JSON.parse(readFileSync(file("package.json"), "utf8")) as { files: string[] };
  expect(files).toContain("runner/sdk/driver/messages.schema.json");
});
