/** Runs whose standard streams, log, ledger or reports cannot be written: they end in order, and what they created is deleted. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startEmulator } from "../../vitest.ts";
import { cliFile } from "../fixtures/built-files.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import { command } from "./run-in-process.ts";

let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const action = "tencent/iai/CreateGroup";

interface Streams {
  readonly out: "pipe" | "ignore" | number;
  readonly err: "pipe" | "ignore" | number;
}

const newFolder = () => mkdtempSync(join(tmpdir(), "assay-"));

const argsOf = (url: string, folder: string) => ["run", "--endpoint", url, "--out", folder, "--select", `${action}/**`];

/** Starts a run with these standard streams; `folder` gets the log and the reports. */
function startRun(url: string, { out, err }: Streams, ...args: string[]) {
  const folder = newFolder();
  const child = spawn(process.execPath, [cliFile, ...argsOf(url, folder), ...args], {
    cwd: packageRoot(),
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", out, err],
  });
  const done = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, done, folder };
}

const lastLineOf = (path: string): unknown => JSON.parse(readFileSync(path, "utf8").trim().split("\n").at(-1) ?? "");

test("the reader of both streams closes them at once: an interrupted run still deletes its resources and writes its reports", async () => {
  const proxy = await startSlowProxy(20);
  const { child, done, folder } = startRun(proxy.url, { out: "pipe", err: "pipe" }, "--lanes", "2");
  child.stdout?.destroy();
  child.stderr?.destroy();
  await proxy.waitForRequests(10);
  child.kill("SIGINT");
  expect(await done).toBe(130);
  expect(lastLineOf(join(folder, "run.ndjson"))).toMatchObject({ type: "footer", interrupted: true, leftovers: 0 });
  expect(lastLineOf(join(folder, "resources.ndjson"))).toMatchObject({ op: "end" });
  expect(existsSync(join(folder, "report.html"))).toBe(true);
  await proxy.close();
});

/** A Linux device on which every write fails with ENOSPC. */
const fullDevice = "/dev/full";
test.runIf(existsSync(fullDevice))(
  "a full device for standard output: exit code 4, an error of assay, and no failed case",
  async () => {
    const { done, folder } = startRun(
      emulator.url,
      { out: openSync(fullDevice, "w"), err: "ignore" },
      "--depth",
      "quick",
    );
    expect(await done).toBe(4);
    expect(lastLineOf(join(folder, "run.ndjson"))).toMatchObject({ type: "footer", exit: 0, counts: { failed: 0 } });
  },
);

describe("a file of the run", () => {
  const quick = ["--depth", "quick", "--quiet"];
  const reports = ["report.html", "report.json", "summary.md", "junit.xml"];
  const resourceCount = () =>
    Object.values(emulator.state())
      .flatMap((service) => Object.values(service))
      .reduce((a, b) => a + b, 0);
  const isSentence = (err: string) => /^assay failed: [^\n]+\n$/.test(err.replace(/^http:.*public test keys.*\n/, ""));

  test.runIf(existsSync(fullDevice))(
    "the log on a full disk: 4, one sentence that names it, no report, also not of an earlier run",
    async () => {
      const folder = newFolder();
      symlinkSync(fullDevice, join(folder, "run.ndjson"));
      for (const report of reports) writeFileSync(join(folder, report), "of an earlier run");
      const { code, err } = await command([...argsOf(emulator.url, folder), ...quick]);
      expect([code, err]).toEqual([
        4,
        expect.stringContaining(`${folder}/run.ndjson: cannot be written: no space left`),
      ]);
      expect(isSentence(err), err).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(["resources.ndjson", "run.ndjson"]);
    },
  );

  test("the ledger at the largest size that a file may have: 4, nothing is created any more, all resources are deleted", async () => {
    const [folder, before] = [newFolder(), resourceCount()];
    // The log needs more space than the ledger.
    symlinkSync("/dev/null", join(folder, "run.ndjson"));
    const command = `ulimit -f 8; exec "$0" "$@"`;
    const args = [
      "-c",
      command,
      process.execPath,
      cliFile,
      ...argsOf(emulator.url, folder),
      "--depth",
      "quick",
      "--lanes",
      "2",
    ];
    const child = spawn("bash", args, { cwd: packageRoot(), stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(4);
    expect(err).toContain("resources.ndjson: cannot be written: file too large (EFBIG)");
    expect(isSentence(err), err).toBe(true);
    expect(resourceCount()).toBe(before);
    // No case is started after the one of each lane.
    expect(out.match(/^(?:errored|indeterminate|failed) /gm)?.length ?? 0, out).toBeLessThanOrEqual(2);
    // Whole lines.
    const lines = readFileSync(join(folder, "resources.ndjson"), "utf8").split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line).op)).toContain("deleted");
  });

  test("a folder that is deleted during the run: 4, one sentence, all resources are deleted", async () => {
    const proxy = await startSlowProxy(20);
    const { child, done, folder } = startRun(proxy.url, { out: "ignore", err: "pipe" }, "--lanes", "2", "--quiet");
    let err = "";
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    await proxy.waitForRequests(10);
    rmSync(folder, { recursive: true });
    expect(await done).toBe(4);
    expect(err).toContain(`${folder}/run.ndjson: was deleted during the run`);
    expect(isSentence(err), err).toBe(true);
    expect(proxy.extraResources()).toBe(0);
    await proxy.close();
  });

  describe("a resource that cannot be deleted", () => {
    // A group with an id that is too long for DeleteGroup.
    const faults = ["group-id-one-byte-more"];
    const select = ["--select", `${action}/boundary/GroupId/65-bytes-ascii@tc3-post`, "--quiet"];
    const argsWith = (url: string, folder: string) => ["run", "--endpoint", url, "--out", folder, ...select];

    test.runIf(existsSync(fullDevice))("is in the ledger, which the sweep command names", async () => {
      const [folder, faulty] = [newFolder(), await startEmulator({ faults })];
      symlinkSync(fullDevice, join(folder, "report.json.tmp"));
      const { code, err } = await command(argsWith(faulty.url, folder));
      expect([code, err]).toEqual([4, expect.stringMatching(/^1 resource may be left on the target; .*sweep --out /m)]);
      await faulty.close();
    });

    test("is named where the ledger was deleted", async () => {
      const [folder, proxy] = [newFolder(), await startSlowProxy(20, faults)];
      const done = command(argsWith(proxy.url, folder));
      await proxy.waitForRequests(2);
      rmSync(folder, { recursive: true });
      const { code, err } = await done;
      expect([code, err]).toEqual([4, expect.stringMatching(/^left on the target: .*group/m)]);
      await proxy.close();
    });
  });

  test.runIf(existsSync(fullDevice))("one report: 4, it is absent, the others are whole", async () => {
    const folder = newFolder();
    symlinkSync(fullDevice, join(folder, "report.json.tmp"));
    const { code, err } = await command([...argsOf(emulator.url, folder), ...quick]);
    expect([code, err]).toEqual([4, expect.stringMatching(/report\.json: cannot be written.*`assay report/)]);
    expect(isSentence(err), err).toBe(true);
    const written = ["junit.xml", "report.html", "resources.ndjson", "run.ndjson", "summary.md"];
    expect(readdirSync(folder).sort()).toEqual(written);
    expect(readFileSync(join(folder, "junit.xml"), "utf8")).toMatch(/<\/testsuites>\s*$/);
    // Nor is one of an earlier run left.
    symlinkSync(fullDevice, join(folder, "report.json.tmp"));
    writeFileSync(join(folder, "report.json"), "of an earlier run");
    expect((await command(["report", join(folder, "run.ndjson"), "--out", folder])).code).toBe(4);
    expect(readdirSync(folder).sort()).toEqual(written);
  });

  test("a name that is too long: 2, before anything is sent", async () => {
    const { code, err } = await command([...argsOf(emulator.url, join(newFolder(), "x".repeat(300))), ...quick]);
    expect([code, err]).toEqual([2, expect.stringMatching(/x: cannot be written \(ENAMETOOLONG\); give a folder/)]);
  });
});
