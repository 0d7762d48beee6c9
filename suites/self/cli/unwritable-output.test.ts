/** Runs whose standard output or error cannot be written: cases are still evaluated, resources deleted and the log written. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startEmulator } from "../../vitest.ts";
import { cliFile } from "../fixtures/built-files.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";

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

/** Starts a run with these standard streams; `folder` gets the log and the reports. */
function startRun(url: string, { out, err }: Streams, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "assay-"));
  const runArgs = ["run", "--endpoint", url, "--out", folder, "--select", `${action}/**`, ...args];
  const child = spawn(process.execPath, [cliFile, ...runArgs], {
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
