/** `run --shard i/n` and `merge`: the shards of a selection make the same run as the selection in one piece. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentials } from "../../../runner/emulator/test-credentials.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import { startEmulator } from "../../vitest.ts";
import { command } from "./run-in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-shards-"));
const servers: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true });
});
const startServer = async (...faults: string[]) => {
  const emulator = await startEmulator({ faults });
  servers.push(emulator);
  return emulator.url;
};

const select = ["tencent/iai/CreateGroup/**", "tencent/iai/GetGroupList/**", "tencent/im/delete_group_member/**"];
const count = 3;
const logOf = (out: string) => join(folder, out, "run.ndjson");
const run = (url: string, out: string, ...args: string[]) =>
  command([
    "run",
    "--endpoint",
    url,
    "--select",
    ...select,
    "--depth",
    "quick",
    "--quiet",
    "--out",
    join(folder, out),
    ...args,
  ]);
/** Runs the shards one after the other → their exit codes; their logs are in NAME-1, NAME-2, NAME-3. */
async function runShards(url: string, name: string, ...args: string[]) {
  const codes: unknown[] = [];
  for (let i = 1; i <= count; i++)
    codes.push((await run(url, `${name}-${i}`, "--shard", `${i}/${count}`, ...args)).code);
  return codes;
}
const logsOf = (name: string) => Array.from({ length: count }, (_, i) => logOf(`${name}-${i + 1}`));
const merge = (logs: readonly string[], out: string, ...args: string[]) =>
  command(["merge", ...logs, "--out", join(folder, out), ...args]);

let url: string;
beforeAll(async () => {
  url = await startServer();
  expect((await run(url, "whole", "--record", "all")).code).toBe(0);
  expect(await runShards(url, "shard", "--record", "all")).toEqual([0, 0, 0]);
});

describe("merged shards are the same run as the selection in one piece", () => {
  beforeAll(async () => {
    expect(await merge(logsOf("shard"), "merged")).toMatchObject({ code: 0, err: "" });
  });
  const facts = (out: string) => {
    const recording = readRecording(logOf(out));
    const { planned, counts, warnings, leftovers, exit } = recording.footer ?? {};
    return {
      footer: { planned, counts, warnings, leftovers, exit },
      actions: recording.actions,
      verdicts: [...recording.verdicts()].map(({ planIndex, id, status, actual }) => [planIndex, id, status, actual]),
      coverage: [...recording.coverage()],
    };
  };

  test("verdicts at the same places, counts, coverage and exit code", () => {
    const whole = facts("whole");
    expect(whole.footer.planned).toBeGreaterThan(100);
    expect(facts("merged")).toEqual(whole);
  });

  test("report.json has the same causes, observations and verdicts", () => {
    const [whole, merged] = ["whole", "merged"].map((out) => {
      const report = JSON.parse(readFileSync(join(folder, out, "report.json"), "utf8"));
      const { run: _, started: _s, rerun: _r, durationMs: _d, requests: _q, ...rest } = report;
      return rest;
    });
    expect(merged).toEqual(whole);
  });

  test("every shard has cases, and a ledger of its own without open entries", () => {
    for (const log of logsOf("shard")) {
      expect(readRecording(log).footer?.planned).toBeGreaterThan(10);
      expect(readFileSync(log.replace("run.ndjson", "resources.ndjson"), "utf8")).toMatch(/\{"op":"end"\}\n$/);
    }
  });

  test("compare finds no difference, in the responses neither: names of every shard are names of the run", async () => {
    const compared = await command(["compare", logOf("whole"), logOf("merged"), "--out", join(folder, "compared")]);
    expect(compared.code, compared.out).toBe(0);
    const comparison = JSON.parse(readFileSync(join(folder, "compared", "compare.json"), "utf8"));
    expect(comparison.changes).toEqual([]);
    const matrix = await command(["compare", "--matrix", logOf("whole"), ...logsOf("shard"), logOf("merged")]);
    expect(matrix.out).toMatch(/shard 2\/3/);
  });

  test("it can be the earlier run of a run, and be compared with an earlier run itself", async () => {
    const now = await run(url, "now", "--since", logOf("merged"));
    expect(now.code, now.out).toBe(0);
    const merged = await merge(logsOf("shard"), "since", "--since", logOf("whole"));
    expect(merged.code, merged.out).toBe(0);
    const { since } = readRecording(logOf("since")).footer ?? {};
    expect(since).toMatchObject({ total: 0, noVerdict: 0, remarks: [] });
    expect(since?.compared).toBe(readRecording(logOf("whole")).footer?.planned);
  });

  test("report renders it again", async () => {
    const { code, out } = await command(["report", logOf("merged")]);
    expect(code ?? 0).toBe(0);
    expect(out).toMatch(/· 3 shards ·/);
  });
});

describe("failures", () => {
  const fault = "group-id-one-byte-more";
  const failure = "tencent/iai/CreateGroup/boundary/GroupId/65-bytes-ascii@tc3-post";

  test("fail the merged run like a single one", async () => {
    expect((await runShards(await startServer(fault), "failing")).toSorted()).toEqual([0, 0, 1]);
    const { code, out } = await merge(logsOf("failing"), "failed");
    expect(code).toBe(1);
    expect(out).toContain(failure);
    expect(readFileSync(join(folder, "failed", "junit.xml"), "utf8")).toContain(failure.slice(0, -"@tc3-post".length));
  });

  test("known ones are not stale in the shards that do not have their cases", async () => {
    const known = join(folder, "known.yaml");
    const entry = (glob: string) =>
      `  - { case: ${glob}, check: outcome, location: /Response/Error/Code, expected: [InvalidParameterValue.GroupIdTooLong], actual: success, reason: ticket }\n`;
    writeFileSync(known, `known:\n${entry(failure)}${entry("tencent/im/delete_group_member/valid/**")}`);
    const codes = await runShards(await startServer(fault), "known", "--known", known);
    // Only the shard of delete_group_member can refute the second entry.
    const stale = logsOf("known").map((log) => readRecording(log).footer?.staleKnownFailures.length);
    expect([codes.toSorted(), stale.toSorted()]).toEqual([
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect((await merge(logsOf("known"), "known")).code).toBe(1);
    const { staleKnownFailures, counts } = readRecording(logOf("known")).footer ?? {};
    expect(staleKnownFailures).toEqual([expect.stringMatching(/known\.yaml:3:5: tencent\/im.*did not fail that way/)]);
    expect(counts).toMatchObject({ known: 1, failed: 0 });
  });
});

describe("an incomplete run", () => {
  test("a shard that broke off and a missing one are named, with the way to its leftovers; the rest is reported", async () => {
    const [first = "", second = ""] = logsOf("shard");
    mkdirSync(join(folder, "broken"));
    const lines = readFileSync(second, "utf8").split("\n");
    writeFileSync(logOf("broken"), `${lines.slice(0, 8).join("\n")}\n${lines[8]?.slice(0, 30)}`);
    const { code, out, err } = await merge([first, logOf("broken")], "incomplete");
    expect(code).toBe(3);
    const cases = readRecording(second).footer?.planned;
    expect(err).toContain(
      `broken/run.ndjson: shard 2/3 broke off after 7 of its ${cases} cases; to delete leftovers: `,
    );
    expect(err).toContain(`sweep -- --out ${join(folder, "broken")}\n`.replace("-- --out", "--out"));
    expect(err).toMatch(/\nshard 3\/3 is missing: give its run\.ndjson/);
    const planned = readRecording(logOf("whole")).footer?.planned ?? 0;
    const judged = (readRecording(first).footer?.planned ?? 0) + 7;
    const sentence = `The run is incomplete: shard 2/3 broke off after 7 of ${cases} cases, shard 3/3 is missing; ${judged} of ${planned} planned cases have a verdict.`;
    expect(out).toContain(sentence);
    expect(out).toMatch(new RegExp(`^${planned} planned: .*; ${planned - judged} without a verdict$`, "m"));
    for (const file of ["report.html", "summary.md", "junit.xml", "report.json"])
      expect(readFileSync(join(folder, "incomplete", file), "utf8")).toContain(sentence);
    expect((await command(["compare", logOf("whole"), logOf("incomplete")])).code).toBe(3);
  });
});

describe("wrong use ends with 2 and one sentence", () => {
  test.each(["0/5", "6/5", "a/b", "1/0", "5", "1/1001", "1.5/2", "-1/2"])("--shard %s", async (shard) => {
    const { code, err } = await command(["run", `--shard=${shard}`, "--out", join(folder, "none")]);
    expect(code).toBe(2);
    expect(err).toMatch(/--shard <i\/n>.*expected a shard and the number of shards, such as 2\/5: from 1\/n to n\/n/);
  });

  test("--update-known cannot be combined with --shard", async () => {
    const { code, err } = await run(url, "none", "--shard", "1/2", "--update-known");
    expect([code, err]).toEqual([2, expect.stringMatching(/needs a complete run; remove .*--shard/)]);
  });

  test.each<[string, () => string[], RegExp]>([
    ["one shard twice", () => [logOf("shard-1"), ...logsOf("shard")], /shard 1\/3 is given twice/],
    ["a log that is not that of a shard", () => [logOf("whole")], /:1: the log is not that of a shard; give/],
    ["a merged log", () => [logOf("merged")], /:1: the log is merged already; give/],
    ["a folder", () => [join(folder, "shard-1")], /this is a folder; give the run\.ndjson in it/],
    ["a file that does not exist", () => [logOf("no")], /file not found/],
    [
      "the folder of a shard as --out",
      () => [...logsOf("shard"), "--out", join(folder, "shard-2")],
      /would overwrite .*shard-2.run\.ndjson; give another folder/,
    ],
  ])("%s", async (_, args, message) => {
    const before = readFileSync(logOf("shard-2"), "utf8");
    const { code, err } = await command(["merge", "--out", join(folder, "refused"), ...args()]);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(err.trimEnd()).not.toContain("\n");
    expect(readFileSync(logOf("shard-2"), "utf8")).toBe(before);
  });

  test("shards of different plans, and shards that were compared with an earlier run", async () => {
    await run(url, "seed-2", "--shard", "2/3", "--seed", "2");
    const plans = await merge([logOf("shard-1"), logOf("seed-2")], "refused");
    expect([plans.code, plans.err]).toEqual([
      2,
      expect.stringMatching(/seed-2.run\.ndjson:1: .*its seed is 2, not 1; /),
    ]);
    await run(url, "compared-1", "--shard", "1/3", "--since", logOf("whole"));
    const since = await merge([logOf("compared-1")], "refused");
    expect([since.code, since.err]).toEqual([
      2,
      expect.stringMatching(/was compared with the run \S+; give the log of that run with --since/),
    ]);
  });
});

test("with a target file: what it declares as unsupported fails no merged run, and another endpoint is another plan", async () => {
  const target = join(folder, "target.yaml");
  const keys = credentials["tencent"];
  const runOn = (endpoint: string, shard: string, out: string) => {
    const service = `{ endpoint: '${endpoint}', credentials: { id: KEY_ID, key: KEY }, unsupported: { actions: { GetGroupList: later } } }`;
    writeFileSync(target, `services: { tencent/iai: ${service} }\n`);
    const args = ["--target", target, "--shard", shard, "--depth", "quick", "--select", ...select.slice(0, 2)];
    return command(["run", ...args, "--out", join(folder, out)], { KEY_ID: keys?.id, KEY: keys?.key });
  };
  for (const shard of [1, 2]) expect((await runOn(url, `${shard}/2`, `declared-${shard}`)).code).toBe(0);
  const logs = [logOf("declared-1"), logOf("declared-2")];
  expect((await merge(logs, "declared")).code).toBe(0);
  const unimplemented = [...readRecording(logOf("declared")).verdicts()].filter((v) => v.status === "unimplemented");
  expect(unimplemented.length).toBeGreaterThan(10);
  expect(unimplemented.every((verdict) => verdict.declaredByTarget)).toBe(true);
  await runOn(await startServer(), "2/2", "declared-2");
  const { code, err } = await merge(logs, "refused");
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/its digest of endpoints and accounts is "\w+", not "\w+"; give/),
  ]);
});

test("plan shows the part of a shard, at its part of the rate limits", async () => {
  const plan = async (...args: string[]) =>
    JSON.parse((await command(["plan", "--format", "json", "--depth", "quick", "--select", ...select, ...args])).out);
  const whole = await plan();
  const shards = [await plan("--shard", "1/3"), await plan("--shard", "2/3"), await plan("--shard", "3/3")];
  for (const key of ["cases", "calls", "mutating"])
    expect(shards.reduce((sum, shard) => sum + shard[key], 0)).toBe(whole[key]);
  expect(shards.reduce((sum, shard) => sum + shard.seconds, 0)).toBeCloseTo(3 * whole.seconds, 0);
});

test("a shard without an action is a run of no case that says so, and is merged like any other", async () => {
  const shards = ["1/4", "2/4", "3/4", "4/4"];
  const results = [];
  for (const shard of shards) results.push(await run(url, `four-${shard[0]}`, "--shard", shard));
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(results[3]?.err).toContain(
    "shard 4/4 has no case: the selection has 3 actions, and an action is not divided\n",
  );
  expect(readRecording(logOf("four-4")).footer).toMatchObject({ planned: 0, exit: 0 });
  const merged = await merge(
    shards.map((shard) => logOf(`four-${shard[0]}`)),
    "four",
  );
  expect(merged.code).toBe(0);
  expect(readRecording(logOf("four")).footer?.planned).toBe(readRecording(logOf("whole")).footer?.planned);
});
