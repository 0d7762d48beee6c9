/** What a run leaves behind when answers get lost or it is killed, and who clears it up: everything of its own, nothing of others. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLedgers } from "../../../runner/resources/ledger-file.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runAssay, startCli } from "../cli/run-cli.ts";
import { runCases } from "../detection/run-cases.ts";
import { type EmulatorProcess, startEmulatorProcess } from "../fixtures/emulator-process.ts";
import { type KillResult, killAndSweep } from "./kill-and-sweep.ts";

const folder = () => mkdtempSync(join(tmpdir(), "assay-"));

/** An id of a character or two that stands in nothing of ours and has no other name: whose it is cannot be told. */
const mayBeSomebodys = (why: string): boolean => why.includes("does not carry the run's");

/** Every third call that creates is done, and its answer is lost. */
function losing(transport: Transport): Transport {
  let n = 0;
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const answer = await transport.send(origin, request, timeouts);
      const action = request.headers.find(([name]) => /^X-(TC-Action|Amz-Target)$/i.test(name))?.[1] ?? request.path;
      const creates = /Create|Copy|Add|create_group|import|add_group/.test(action);
      return creates && n++ % 3 === 2 ? { reason: "timeout", detail: "lost" } : answer;
    },
  };
}

describe("a create without an answer counts as perhaps created", () => {
  test.each([
    [
      "client-chosen ids",
      ["tencent/iai/DeletePersonFromGroup/**@tc3-post", "tencent/iai/CreateGroup/boundary/**@tc3-post"],
    ],
    ["ids of the server that were never told", ["tencent/organization/RemoveUserFromGroup/**@tc3-post"]],
    [
      "what stands beside the judged call, in a zone of its own finding",
      ["tencent/organization/CreateGroup/duplicate/**"],
    ],
    [
      "what was to stand in a zone that is not there",
      ["tencent/organization/*/missing-member/situation/zone-unknown@*"],
    ],
    ["groups and members", ["tencent/im/delete_group_member/**"]],
    ["collections and users", ["aws/rekognition/DeleteUser/**"]],
  ])("%s", async (_, select) => {
    const { verdicts, held, left, troubles } = await runCases({ select, wrapTransport: losing });
    expect(verdicts.some(({ status }) => status === "indeterminate")).toBe(true);
    expect(verdicts.filter(({ status }) => status === "failed" || status === "errored")).toEqual([]);
    const short = troubles.filter(mayBeSomebodys);
    expect(troubles).toEqual(short);
    expect([left, held]).toEqual([short.length, short.length]);
  });
});

/** Every third call that creates is done, and told to have failed inside. */
function faulting(transport: Transport): Transport {
  let n = 0;
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const answer = await transport.send(origin, request, timeouts);
      const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
      if (action !== "CreateGroup" || n++ % 3 !== 2) return answer;
      const refusal = { Response: { Error: { Code: "InternalError", Message: "" }, RequestId: crypto.randomUUID() } };
      return {
        status: 200,
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify(refusal)),
      };
    },
  };
}

test("a create that was done and told to have failed inside is cleared away too", async () => {
  const { verdicts, held, left } = await runCases({
    select: ["tencent/iai/DeletePersonFromGroup/**@tc3-post", "tencent/iai/CreateGroup/valid/**@tc3-post"],
    wrapTransport: faulting,
  });
  expect(verdicts.some(({ status }) => status === "failed" || status === "indeterminate")).toBe(true);
  expect([left, held]).toEqual([0, 0]);
});

/** A thing is not there at first, for whoever deletes it. */
function unready(transport: Transport): Transport {
  const asked = new Set<string>();
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
      const body = String(request.body);
      if (action !== "DeleteGroup" || asked.has(body)) return transport.send(origin, request, timeouts);
      asked.add(body);
      const told = { Code: "InvalidParameterValue.GroupIdNotExist", Message: "" };
      const refusal = { Response: { Error: told, RequestId: crypto.randomUUID() } };
      return {
        status: 200,
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify(refusal)),
      };
    },
  };
}

test("that something is not there yet is not taken for gone", async () => {
  const { held, left } = await runCases({
    select: ["tencent/iai/CreateGroup/valid/**@tc3-post"],
    wrapTransport: unready,
  });
  expect([left, held]).toEqual([0, 0]);
});

describe("side by side", () => {
  let emulator: EmulatorProcess;
  beforeAll(async () => {
    emulator = await startEmulatorProcess();
  });
  afterAll(() => emulator.close());
  const select = [
    "--select",
    "tencent/iai/DeletePersonFromGroup/**",
    "tencent/organization/RemoveUserFromGroup/**",
    "aws/**",
  ];

  /** Killed in the middle of its work. */
  async function killed(): Promise<string> {
    const out = folder();
    const run = startCli([
      "run",
      "--endpoint",
      emulator.url,
      "--out",
      out,
      "--select",
      "tencent/iai/DeletePersonFromGroup/**",
    ]);
    while ((readLedgers(out)[0]?.openEntries.size ?? 0) < 4) await sleep(20);
    run.kill("SIGKILL");
    await run.done;
    return out;
  }

  test("two runs at once, and the sweep of a third meanwhile: all of them green, and nothing is left", {
    timeout: 240_000,
  }, async () => {
    const fresh = await emulator.held();
    const dead = await killed();
    expect(await emulator.held()).not.toEqual(fresh);
    const outs = [folder(), folder()];
    const runs = outs.map((out) => startCli(["run", "--endpoint", emulator.url, "--out", out, ...select]));
    while (outs.some((out) => (readLedgers(out)[0]?.nextNumber ?? 0) < 20)) await sleep(20);
    const swept = await runAssay("sweep", "--out", dead);
    expect(swept.out).toMatch(/[1-9]\d* deleted/);
    expect(swept.code).toBe(0);
    for (const { done } of runs) {
      const { code, out } = await done;
      expect(out).toMatch(/ 0 failed, .* 0 skipped, .* 0 indeterminate/);
      expect(code).toBe(0);
    }
    expect(await emulator.held()).toEqual(fresh);
    const again = await runAssay("sweep", "--out", dead);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("0 deleted")]);
  });

  test("what a run has left on one target is not looked for on another", { timeout: 240_000 }, async () => {
    const out = await killed();
    const other = await startEmulatorProcess();
    try {
      const { code, err } = await runAssay("sweep", "--out", out, "--endpoint", other.url);
      expect([code, err]).toEqual([2, expect.stringContaining("its endpoint was")]);
      expect((await runAssay("sweep", "--out", out)).code).toBe(0);
    } finally {
      await other.close();
    }
  });

  test("a run that is at work is not swept, and its folder not written to", { timeout: 240_000 }, async () => {
    const out = folder();
    // Slow enough to be at work until it is told to end.
    const run = startCli(["run", "--endpoint", emulator.url, "--out", out, "--pace", "5/s", ...select]);
    while ((readLedgers(out)[0]?.nextNumber ?? 0) < 5) await sleep(20);
    const swept = await runAssay("sweep", "--out", out);
    expect([swept.code, swept.err]).toEqual([2, expect.stringContaining("is still at work")]);
    const second = await runAssay("run", "--endpoint", emulator.url, "--out", out, ...select);
    expect([second.code, second.err]).toEqual([2, expect.stringContaining("name another --out")]);
    run.kill("SIGINT");
    expect((await run.done).code).toBe(130);
  });
});

test("the sweep of a folder without a ledger says so", async () => {
  const { code, err } = await runAssay("sweep", "--out", folder());
  expect([code, err]).toEqual([2, expect.stringContaining("no resources.ndjson")]);
});

test("ten kills: nothing of the killed run is left, and everything that was there before stands", {
  timeout: 600_000,
}, async () => {
  const all: KillResult[] = await killAndSweep(10, 1, () => undefined);
  expect(all).toHaveLength(10);
  for (const { beyond, left } of all) {
    expect(left.filter((why) => !mayBeSomebodys(why))).toEqual([]);
    expect(Object.values(beyond).reduce((n, more) => n + more, 0)).toBeLessThanOrEqual(left.length);
  }
  // Otherwise nothing was put to the test.
  expect(all.reduce((n, k) => n + k.deleted, 0)).toBeGreaterThan(10);
});
