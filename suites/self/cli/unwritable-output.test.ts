/** Where what a run says cannot be written: it is judged, cleaned up and logged all the same. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startEmulator } from "../../vitest.ts";
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

/** Both streams go where they are told; `begun` gets the process. */
function running(url: string, { out, err }: Streams, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "assay-"));
  const main = join(packageRoot(), "runner/cli/main.ts");
  const given = ["run", "--endpoint", url, "--out", folder, "--select", `${action}/**`, ...args];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...given], {
    cwd: packageRoot(),
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", out, err],
  });
  const done = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, done, folder };
}

const lastOf = (path: string): unknown => JSON.parse(readFileSync(path, "utf8").trim().split("\n").at(-1) ?? "");

test("a reader of both streams that goes away at once: the run ends in order, and clears up when it is interrupted", async () => {
  const front = await startSlowProxy(20);
  const { child, done, folder } = running(front.url, { out: "pipe", err: "pipe" }, "--lanes", "2");
  child.stdout?.destroy();
  child.stderr?.destroy();
  await front.asked(10);
  child.kill("SIGINT");
  expect(await done).toBe(130);
  expect(lastOf(join(folder, "run.ndjson"))).toMatchObject({ type: "footer", interrupted: true, leftovers: 0 });
  expect(lastOf(join(folder, "resources.ndjson"))).toMatchObject({ op: "end" });
  expect(existsSync(join(folder, "report.html"))).toBe(true);
  await front.close();
});

const full = "/dev/full";
test.runIf(existsSync(full))(
  "output that finds no room is a fault of assay's, and no verdict on the target",
  async () => {
    const { done, folder } = running(emulator.url, { out: openSync(full, "w"), err: "ignore" }, "--depth", "quick");
    expect(await done).toBe(4);
    expect(lastOf(join(folder, "run.ndjson"))).toMatchObject({ type: "footer", exit: 0, counts: { failed: 0 } });
  },
);
