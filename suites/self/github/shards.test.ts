/** The action in a matrix of shards and in the job that merges them, and the workflows that the pages print. */
import { cpSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { EmulatorServer } from "../../../runner/emulator/server.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { startEmulator } from "../../vitest.ts";
import { checkout, readAction, runAction } from "./action-runner.ts";
import { parseWorkflowCommands } from "./workflow-commands.ts";

const root = checkout();
let emulator: EmulatorServer;
beforeAll(async () => {
  emulator = await startEmulator({ faults: ["group-id-one-byte-more"] });
});
afterAll(() => emulator.close());

describe("a matrix of two shards", () => {
  /** The workspace of the last job, with the downloaded artifacts. */
  const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
  beforeAll(async () => {
    const select = "tencent/iai/CreateGroup/**\ntencent/iai/DeleteGroup/**";
    for (const shard of [1, 2]) {
      const inputs = {
        endpoint: emulator.url,
        select,
        depth: "quick",
        shard: `${shard}/2`,
        artifact: `shard-${shard}`,
      };
      const { code, uploads, workspace: own, log } = await runAction(root, inputs).done;
      // The first shard has the larger action, and the fault is in it.
      expect(code, log).toBe(shard === 1 ? 1 : 0);
      const [artifact] = uploads;
      cpSync(join(own, artifact?.["path"] ?? ""), join(workspace, "all shards", artifact?.["name"] ?? ""), {
        recursive: true,
      });
    }
  });

  test("is one run in the job that merges: exit code, summary, reports", async () => {
    const result = await runAction(root, { merge: "all shards/*/run.ndjson" }, {}, workspace).done;
    expect(result.code, result.log).toBe(1);
    expect(result.outputs).toEqual({ "exit-code": "1", out: "reports/out" });
    expect(result.summary).toContain("CreateGroup/boundary/GroupId/65-bytes-ascii");
    expect(result.uploads).toMatchObject([{ name: "assay", path: "reports/out" }]);
    const { header, footer } = readRecording(join(workspace, "reports/out/run.ndjson"));
    expect([header.shards?.length, footer?.planned]).toEqual([2, header.plan?.cases]);
  });

  test("a missing artifact: 3, and the shard is named", async () => {
    const result = await runAction(root, { merge: "all shards/shard-2/run.ndjson", out: "part" }, {}, workspace).done;
    expect(result.code, result.log).toBe(3);
    expect(result.summary).toContain("shard 1/2 is missing");
  });
});

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ["a glob without a file", { merge: "shards/*/run.ndjson" }, /shards\/\*\/run\.ndjson matches no file/],
  ["a file that does not exist", { merge: "run.ndjson" }, /run\.ndjson: file not found/],
  ["an input of the shards", { merge: "a/*", shard: "1/2" }, /cannot be combined with the input shard/],
  ["a script", { merge: "$(touch pwned)`touch pwned`; touch pwned" }, /file not found/],
  ["an option", { merge: "--out=elsewhere" }, /file not found/],
  ["a wrong shard", { shard: "3/2" }, /from 1\/n to n\/n/],
])("%s fails the job with one annotation", async (_, inputs, message) => {
  const { code, log, workspace } = await runAction(root, inputs).done;
  expect(code, log).toBe(2);
  const annotations = parseWorkflowCommands(log).commands.filter(({ name }) => name === "error");
  expect(annotations.map(({ text }) => text)).toEqual([expect.stringMatching(message)]);
  expect(readdirSync(workspace)).toEqual([]);
});

test("the workflows of the pages use inputs that the action has", () => {
  const pages = ["README.md", "suites/examples/README.md"].map((p) => readFileSync(join(packageRoot(), p), "utf8"));
  const blocks = [...pages.join("").matchAll(/```yaml\n(# \.git[\s\S]*?)```/g)].map(([, text = ""]) => parse(text));
  const steps = blocks.flatMap(({ jobs = {} }) =>
    (Object.values(jobs) as { steps: { uses: string; with?: object }[] }[]).flatMap((job) => job.steps),
  );
  const inputs = steps.filter(({ uses }) => uses.includes("/assay@")).flatMap((step) => Object.keys(step.with ?? {}));
  expect(inputs.toSorted()).toEqual(["artifact", "fail-on", "merge", "shard", "target", "target"]);
  for (const input of inputs) expect(Object.keys(readAction().inputs)).toContain(input);
});
