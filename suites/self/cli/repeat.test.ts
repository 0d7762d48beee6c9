/** `run --repeat`: rounds of the same selection, and one verdict for each case. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Verdict } from "../../../runner/model/index.ts";
import { startIndependentServer } from "../independent/run-against.ts";
import { serveOverHttp } from "../independent/server.ts";
import { command } from "./run-in-process.ts";

const out = mkdtempSync(join(tmpdir(), "assay-repeat-"));
/** More than one round of the selection sends. */
const CALLS_UNTIL_BROKEN = 200;
let calls = 0;
let server: Awaited<ReturnType<typeof serveOverHttp>>;
beforeAll(async () => {
  server = await serveOverHttp(
    startIndependentServer({
      call: (call, proceed) => {
        const answer = proceed(call);
        return ++calls > CALLS_UNTIL_BROKEN && "code" in answer && call.action === "DeleteGroup"
          ? { output: {} }
          : answer;
      },
    }),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(out, { recursive: true });
});

async function run(...options: string[]) {
  calls = 0;
  const select = ["--select", "tencent/iai/DeleteGroup/**", "--depth", "quick"];
  const result = await command(["run", "--endpoint", server.url, "--out", out, "--quiet", ...select, ...options]);
  const lines = readFileSync(join(out, "run.ndjson"), "utf8").trim().split("\n");
  const log = lines.map((line) => JSON.parse(line) as { type: string });
  const verdicts = log.filter(({ type }) => type === "verdict") as Verdict[];
  return {
    ...result,
    verdicts,
    footer: log.at(-1) as unknown as { planned: number; requests: number },
    text: lines.join(),
  };
}

test("what breaks after many calls is found in a later round, under the same id", async () => {
  const once = await run();
  expect([once.code, calls < CALLS_UNTIL_BROKEN]).toEqual([0, true]);
  const soak = await run("--repeat", "10");
  expect(soak.code).toBe(1);
  const ids = ({ verdicts }: typeof soak) => verdicts.map(({ id }) => id).sort();
  expect(ids(soak)).toEqual(ids(once));
  expect(soak.footer.planned).toBe(once.footer.planned);
  expect(soak.footer.requests).toBeGreaterThan(2 * once.footer.requests);
  const failed = soak.verdicts.filter(({ status }) => status === "failed");
  expect(failed.length).toBeGreaterThan(0);
  for (const { reason, exchanges } of failed) {
    expect(reason).toMatch(/in round [2-9] of 10, after no problem in the rounds before$/);
    expect(exchanges.length).toBeGreaterThan(0);
  }
  expect(soak.text).toContain("--repeat 10");
});

test("a number of rounds that is none is a usage error", async () => {
  const { code, err } = await command(["run", "--repeat", "0"]);
  expect(code).toBe(2);
  expect(err).toContain("expected a number of rounds, an integer from 1 to 1000");
});

test("a resource that is gone at the end of the run makes the run fail", async () => {
  const forgetful = await serveOverHttp(
    startIndependentServer({
      call: (call, proceed, { iai }) => {
        const answer = proceed(call);
        if (call.action === "GetPersonList") iai.groups.clear();
        return answer;
      },
    }),
  );
  const select = ["--select", "tencent/iai/GetPersonList/valid/call/minimal@tc3-post"];
  const { code, out: text } = await command(["run", "--endpoint", forgetful.url, "--out", out, ...select]);
  await forgetful.close();
  expect(text).toMatch(/^Lost: tencent\/iai group "\S+" was created, no call deleted it, and at the end \w+ shows: /m);
  expect(code).toBe(1);
});
