/** Lost responses and killed runs: every resource of the run is deleted, by the run or by `assay sweep`, and no other resource. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLedgers } from "../../../runner/resources/ledger-file.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { runAssay, startCli } from "../cli/run-cli.ts";
import { command } from "../cli/run-in-process.ts";
import { runCases } from "../detection/run-cases.ts";
import { globsWithFewCharsets } from "../detection/selections.ts";
import { type CountingEmulator, startCountingEmulator } from "../fixtures/counting-emulator.ts";
import { type KillResult, killAndSweep } from "./kill-and-sweep.ts";

const folder = () => mkdtempSync(join(tmpdir(), "assay-"));

/** Reason of a leftover with an id of one or two characters, too short to contain the run id: its owner cannot be determined, so it is not deleted. */
const isOwnerUnknown = (reason: string): boolean => reason.includes("does not contain the run id");

/** Every third create is executed, but its response is lost. */
function losingResponses(transport: Transport): Transport {
  let creates = 0;
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const response = await transport.send(origin, request, timeouts);
      const action = request.headers.find(([name]) => /^X-(TC-Action|Amz-Target)$/i.test(name))?.[1] ?? request.path;
      const isCreate = /Create|Copy|Add|create_group|import|add_group/.test(action);
      return isCreate && creates++ % 3 === 2 ? { reason: "timeout", detail: "lost" } : response;
    },
  };
}

describe("a create without a response may have created its resource", () => {
  test.each([
    [
      "client-chosen ids",
      ["tencent/iai/DeletePersonFromGroup/**@tc3-post", "tencent/iai/CreateGroup/boundary/**@tc3-post"],
    ],
    ["server-chosen ids that the client never received", ["tencent/organization/RemoveUserFromGroup/**@tc3-post"]],
    [
      "resources next to the judged call, in a zone that the case looks up",
      ["tencent/organization/CreateGroup/duplicate/**"],
    ],
    ["resources in a zone that does not exist", ["tencent/organization/*/missing-member/situation/zone-unknown@*"]],
    ["groups and members", ["tencent/im/delete_group_member/**"]],
    ["collections and users", ["aws/rekognition/DeleteUser/**"]],
  ])("%s", async (_, select) => {
    const { verdicts, extraResources, leftovers, runProblems } = await runCases({
      select,
      // Whatever the characters of a value are, its resource is deleted in the same way.
      only: ({ family }) => family !== "illegal-charset",
      wrapTransport: losingResponses,
    });
    expect(verdicts.some(({ status }) => status === "indeterminate")).toBe(true);
    expect(verdicts.filter(({ status }) => status === "failed" || status === "errored")).toEqual([]);
    const ofUnknownOwner = runProblems.filter(isOwnerUnknown);
    expect(runProblems).toEqual(ofUnknownOwner);
    expect([leftovers, extraResources]).toEqual([ofUnknownOwner.length, ofUnknownOwner.length]);
  });
});

/** Every third CreateGroup is executed, but answered with an internal error. */
function answeringWithInternalError(transport: Transport): Transport {
  let creates = 0;
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const response = await transport.send(origin, request, timeouts);
      const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
      if (action !== "CreateGroup" || creates++ % 3 !== 2) return response;
      const refusal = { Response: { Error: { Code: "InternalError", Message: "" }, RequestId: crypto.randomUUID() } };
      return {
        status: 200,
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify(refusal)),
      };
    },
  };
}

test("the resource of a create that was answered with an internal error is deleted too", async () => {
  const { verdicts, extraResources, leftovers } = await runCases({
    select: ["tencent/iai/DeletePersonFromGroup/**@tc3-post", "tencent/iai/CreateGroup/valid/**@tc3-post"],
    wrapTransport: answeringWithInternalError,
  });
  expect(verdicts.some(({ status }) => status === "failed" || status === "indeterminate")).toBe(true);
  expect([leftovers, extraResources]).toEqual([0, 0]);
});

/** The first DeleteGroup of each group is answered with `not found`. */
function notFoundAtFirst(transport: Transport): Transport {
  const seenBodies = new Set<string>();
  return {
    ...transport,
    send: async (origin, request, timeouts) => {
      const action = request.headers.find(([name]) => name === "X-TC-Action")?.[1] ?? "";
      const body = String(request.body);
      if (action !== "DeleteGroup" || seenBodies.has(body)) return transport.send(origin, request, timeouts);
      seenBodies.add(body);
      const error = { Code: "InvalidParameterValue.GroupIdNotExist", Message: "" };
      const refusal = { Response: { Error: error, RequestId: crypto.randomUUID() } };
      return {
        status: 200,
        headers: [["content-type", "application/json"]],
        body: Buffer.from(JSON.stringify(refusal)),
      };
    },
  };
}

test("a delete that is answered with `not found` is repeated", async () => {
  const { extraResources, leftovers } = await runCases({
    select: ["tencent/iai/CreateGroup/valid/**@tc3-post"],
    wrapTransport: notFoundAtFirst,
  });
  expect([leftovers, extraResources]).toEqual([0, 0]);
});

describe("concurrent runs", () => {
  let emulator: CountingEmulator;
  beforeAll(async () => {
    emulator = await startCountingEmulator();
  });
  afterAll(() => emulator.close());
  const actions = [
    "tencent/iai/DeletePersonFromGroup",
    "tencent/organization/RemoveUserFromGroup",
    "aws/rekognition/DeleteUser",
  ];
  const select = ["--select", ...actions.flatMap(globsWithFewCharsets)];

  /** Kills a run that has created at least four resources → its folder. */
  async function killRun(): Promise<string> {
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

  test("two runs at once and a concurrent sweep of a killed third: both runs pass, and all resources are deleted", {
    timeout: 240_000,
  }, async () => {
    const initialCounts = await emulator.resourceCounts();
    const killedFolder = await killRun();
    expect(await emulator.resourceCounts()).not.toEqual(initialCounts);
    const outs = [folder(), folder()];
    const runs = outs.map((out) => startCli(["run", "--endpoint", emulator.url, "--out", out, ...select]));
    while (outs.some((out) => (readLedgers(out)[0]?.nextNumber ?? 0) < 20)) await sleep(20);
    const swept = await runAssay("sweep", "--out", killedFolder);
    expect(swept.out).toMatch(/[1-9]\d* deleted/);
    expect(swept.code).toBe(0);
    for (const { done } of runs) {
      const { code, out } = await done;
      expect(out).toMatch(/ 0 failed, .* 0 skipped, .* 0 indeterminate/);
      expect(code).toBe(0);
    }
    expect(await emulator.resourceCounts()).toEqual(initialCounts);
    const second = await runAssay("sweep", "--out", killedFolder);
    expect([second.code, second.out]).toEqual([0, expect.stringContaining("0 deleted")]);
  });

  test("a sweep with another endpoint than that of the run is refused", { timeout: 240_000 }, async () => {
    const out = await killRun();
    const other = await startCountingEmulator();
    try {
      const { code, err } = await runAssay("sweep", "--out", out, "--endpoint", other.url);
      expect([code, err]).toEqual([2, expect.stringContaining("its endpoint was")]);
      expect((await runAssay("sweep", "--out", out)).code).toBe(0);
    } finally {
      await other.close();
    }
  });

  test("a run in progress is not swept, and another run cannot use its folder", { timeout: 240_000 }, async () => {
    const out = folder();
    // The rate limit keeps the run in progress until it is interrupted.
    const run = startCli(["run", "--endpoint", emulator.url, "--out", out, "--pace", "5/s", ...select]);
    while ((readLedgers(out)[0]?.nextNumber ?? 0) < 5) await sleep(20);
    const swept = await runAssay("sweep", "--out", out);
    expect([swept.code, swept.err]).toEqual([2, expect.stringContaining("is still running")]);
    const second = await runAssay("run", "--endpoint", emulator.url, "--out", out, ...select);
    expect([second.code, second.err]).toEqual([2, expect.stringContaining("use another --out")]);
    run.kill("SIGINT");
    expect((await run.done).code).toBe(130);
  });
});

test("the sweep of a folder without a ledger is refused", async () => {
  const { code, err } = await runAssay("sweep", "--out", folder());
  expect([code, err]).toEqual([2, expect.stringContaining("no resources.ndjson")]);
});

test("the ledger of a run on another machine is swept, and a note says that the run may not have ended", async () => {
  const out = folder();
  const header = { op: "header", format: 3, run: "r", target: "emulator", started: "", pid: 1, machine: "elsewhere" };
  const entry = { op: "intend", number: 0, service: "tencent/iai", resource: "group", action: "CreateGroup" };
  const lines = [header, { ...entry, input: {}, containers: {} }].map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(join(out, "resources.ndjson"), lines.join(""));
  const { code, err, out: printed } = await command(["sweep", "--out", out]);
  expect([code, printed]).toEqual([0, expect.stringContaining("1 not found")]);
  expect(err).toMatch(
    /^\S+resources\.ndjson: the run r was started on another machine .*\(elsewhere\).* cannot tell .*\n$/,
  );
});

test("four kills, one of each service that has resources: the sweeps delete all resources of the killed runs and no others", {
  timeout: 600_000,
}, async () => {
  const all: KillResult[] = await killAndSweep(4, 1, () => undefined);
  expect(all).toHaveLength(4);
  for (const { countChanges, leftovers, kept } of all) {
    expect(leftovers.filter((reason) => !isOwnerUnknown(reason))).toEqual([]);
    // Fewer than before would be resources of the other run.
    expect(Math.min(0, ...Object.values(countChanges)), JSON.stringify(countChanges)).toBe(0);
    const remaining = Object.values(countChanges).reduce((sum, difference) => sum + difference, 0);
    expect(remaining, JSON.stringify(countChanges)).toBeLessThanOrEqual(leftovers.length + kept.length);
  }
  // Otherwise the kills came too early to test anything.
  expect(all.reduce((sum, result) => sum + result.deleted, 0)).toBeGreaterThan(4);
});
