/** The composite action: its definition, its scripts run step by step, and inputs that must not be executed as scripts. */
import { execFileSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import { actionFolder, checkout, readAction, runAction } from "./action-runner.ts";
import { parseWorkflowCommands } from "./workflow-commands.ts";

const servers: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});
const startFaultyEmulator = async (...faults: string[]) => {
  const emulator = await startEmulator({ faults });
  servers.push(emulator);
  return emulator.url;
};

const root = checkout();
const select = ["tencent/iai/CreateGroup/duplicate/**", "tencent/iai/CreateGroup/valid/**"].join("\n");

describe("action.yml", () => {
  const { inputs, outputs, runs } = readAction();
  const text = readFileSync(join(actionFolder, "action.yml"), "utf8");
  const scripts = readdirSync(actionFolder).filter((name) => name.endsWith(".sh"));

  test("is composite; every input and output has a description, every step a name", () => {
    expect(runs.using).toBe("composite");
    for (const { description } of [...Object.values(inputs), ...Object.values(outputs)])
      expect(description).toMatch(/\S/);
    for (const step of runs.steps) expect(step.name).toMatch(/\S/);
    for (const step of runs.steps) if (step.run) expect(step.shell).toBe("bash");
  });

  test("uses exactly the scripts of its folder, which are executable", () => {
    const usedScripts = runs.steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/\$GITHUB_ACTION_PATH\/([\w-]+\.sh)/g)].map(([, name]) => name),
    );
    expect(usedScripts.toSorted()).toEqual(scripts.toSorted());
    for (const name of scripts) accessSync(join(actionFolder, name), constants.X_OK);
  });

  test("passes inputs only through environment variables; the scripts use strict mode and no eval", () => {
    for (const { run = "" } of runs.steps) expect(run).not.toContain("${{");
    for (const name of scripts) {
      const script = readFileSync(join(actionFolder, name), "utf8");
      expect(script).toMatch(/^#!\/usr\/bin\/env bash\n# .+\nset -euo pipefail\n/);
      expect(script).not.toMatch(/\$\{\{|\beval\b/);
    }
  });

  test("pins other actions to a major version, and uses every input", () => {
    for (const { uses } of runs.steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    for (const name of Object.keys(inputs)) expect(text).toContain(`\${{ inputs.${name} }}`);
  });
});

describe("a job", () => {
  test("against a healthy server: 0, the job has the summary, the reports are uploaded", async () => {
    const inputs = { endpoint: await startFaultyEmulator(), select, depth: "quick", args: "--seed=7\n--lanes\n2\n" };
    const result = await runAction(root, inputs).done;
    expect(result.code, result.log).toBe(0);
    expect(result.outputs).toEqual({ "exit-code": "0", out: "reports/out" });
    expect(result.summary).toBe(readFileSync(join(result.workspace, "reports/out/summary.md"), "utf8"));
    expect(result.summary).toMatch(/passed/);
    expect(result.uploads).toMatchObject([{ name: "assay", path: "reports/out" }]);
    const report = JSON.parse(readFileSync(join(result.workspace, "reports/out/report.json"), "utf8"));
    expect(report).toMatchObject({ seed: 7, counts: { failed: 0 } });
    expect(report.counts.passed).toBeGreaterThan(3);
    expect(parseWorkflowCommands(result.log)).toEqual({ commands: [], commandsStopped: false });
  });

  test("against a faulty server: 1 after summary and upload, and an annotation for the failure", async () => {
    const inputs = {
      endpoint: await startFaultyEmulator("id-in-use-told-as-invalid"),
      select,
      out: "my reports",
      artifact: "mine",
    };
    const result = await runAction(root, inputs).done;
    expect(result.code, result.log).toBe(1);
    expect(result.outputs).toEqual({ "exit-code": "1", out: "my reports" });
    expect(result.summary).toMatch(/1 cause|failed/);
    expect(result.uploads).toMatchObject([{ name: "mine", path: "my reports" }]);
    expect(parseWorkflowCommands(result.log).commands.map(({ name }) => name)).toContain("error");
  });

  test("whose run cannot begin: 2, the summary of an earlier run is not shown, nothing is uploaded", async () => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    mkdirSync(join(workspace, "reports/out"), { recursive: true });
    writeFileSync(join(workspace, "reports/out/summary.md"), "summary of an earlier run\n");
    const result = await runAction(root, { target: "nowhere" }, {}, workspace).done;
    expect(result.code).toBe(2);
    expect(result.outputs).toEqual({ "exit-code": "2", out: "reports/out" });
    expect(result.log).toMatch(/no such target/);
    expect(result.summary).toMatch(
      /^assay wrote no report \(exit code 2\).*\n\n```text\n[^`]*no such target[^`]*\n```\n$/,
    );
    expect(result.uploads).toEqual([]);
    const [annotation, ...others] = parseWorkflowCommands(result.log).commands;
    expect([annotation, others]).toMatchObject([{ name: "error", properties: { title: "assay" } }, []]);
    expect(annotation?.text).toMatch(/no such target/);
  });

  test("that is cancelled: 130, and all resources are deleted", async () => {
    const proxy = await startSlowProxy(20);
    servers.push(proxy);
    const running = runAction(root, { endpoint: proxy.url, select: "tencent/iai/CreateGroup/**" });
    await proxy.waitForRequests(10);
    running.cancel();
    const result = await running.done;
    expect(result.outputs).toMatchObject({ "exit-code": "130" });
    expect(result.code).toBe(130);
    expect(proxy.extraResources()).toBe(0);
    // Standard error is copied to a file but still shown in the log.
    expect(result.log).toMatch(/^interrupted: no new cases/m);
    expect(parseWorkflowCommands(result.log).commandsStopped).toBe(false);
  });
});

/** Runs summary.sh alone, with this text as assay's standard error. */
function summaryOf(stderr: string): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-summary-"));
  const [file, summary] = [join(folder, "stderr"), join(folder, "summary")];
  writeFileSync(file, stderr);
  const env = { ...process.env, GITHUB_STEP_SUMMARY: summary, ASSAY_STDERR: file, ASSAY_EXIT_CODE: "2", ASSAY_OUT: "" };
  execFileSync(join(actionFolder, "summary.sh"), { env });
  return readFileSync(summary, "utf8");
}

describe("standard error in the summary of a job without a report", () => {
  test("is a fenced block that it cannot close, of its last lines, without control characters", () => {
    const lines = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    const hostile = ["```", "# <b>x</b>", "`````", "\u001b[31mred\u0007 中"];
    const text = summaryOf([...lines, ...hostile, ""].join("\n"));
    const [, fence, content] = /^.*\n\n(`+)text\n([\s\S]*)\n\1\n$/.exec(text) ?? [];
    expect(fence).toBe("``````");
    expect(content?.split("\n")).toEqual([...lines.slice(14), ...hostile.slice(0, 3), "[31mred 中"]);
  });

  test("is truncated if it is long, and omitted if it is empty", () => {
    expect(summaryOf(`${"`".repeat(9000)}\n`).length).toBeLessThan(13_000);
    expect(summaryOf("")).toBe("assay wrote no report (exit code 2); the log of the step has the reason.\n");
  });
});

describe("an input", () => {
  const inputNames = ["target", "known", "since", "args", "select", "depth", "fail-on", "endpoint"];

  test.each([
    "x; touch pwned",
    "$(touch pwned)`touch pwned`",
    "x\ntouch pwned\n",
    "' ; touch pwned '\" && touch pwned \"",
  ])("is a plain value, not a script: %j", async (value) => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    const inputs = Object.fromEntries(inputNames.map((name) => [name, value]));
    const out = value.replaceAll("\n", "");
    const result = await runAction(root, { ...inputs, out }, {}, workspace).done;
    expect(result.code, result.log).toBe(2);
    expect(result.outputs).toEqual({ "exit-code": "2", out });
    expect(readdirSync(workspace)).toEqual([]);
  });

  test("cannot be an option or part of another input, nor set an output", async () => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    const asSelect = await runAction(root, { select: "--out=elsewhere\n--help", depth: "quick" }, {}, workspace).done;
    expect([asSelect.code, existsSync(join(workspace, "elsewhere"))]).toEqual([2, false]);
    const extraArgument = { select, args: "tencent/iai/GetGroupList/valid/**", depth: "quick" };
    expect((await runAction(root, extraArgument, {}, workspace).done).code).toBe(2);
    const out = await runAction(root, { select, out: "here\nexit-code=0" }, {}, workspace).done;
    expect([out.code, out.outputs]).toEqual([2, { "exit-code": "2", out: "" }]);
    expect(out.summary).toContain("input out: contains a line break");
  });
});

test.each(["--help", "--version"])("an argument that ends assay without a run fails the job: %s", async (args) => {
  const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
  mkdirSync(join(workspace, "reports/out"), { recursive: true });
  writeFileSync(join(workspace, "reports/out/run.ndjson"), "log of an earlier run\n");
  const result = await runAction(root, { args }, {}, workspace).done;
  expect([result.code, result.outputs["exit-code"]]).toEqual([4, "4"]);
  expect(result.summary).toContain("no case was evaluated");
  expect(parseWorkflowCommands(result.log).commands).toMatchObject([
    { name: "error", text: expect.stringContaining("no case was evaluated") },
  ]);
});

describe("several arguments on one line", () => {
  test.each([
    ["--seed 7", "--seed=7"],
    ["--lanes=2\n--known  my list.yaml\r\n", "--known=my list.yaml"],
    ["--seed\t::error::100%\u0007", "--seed=::error::100% "],
    ["--seed ##[add-mask]a", "--seed=##[add-mask]a"],
  ])("%j: 2, with the correct spelling in an annotation and in the summary", async (args, correction) => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    mkdirSync(join(workspace, "reports/out"), { recursive: true });
    writeFileSync(join(workspace, "reports/out/summary.md"), "summary of an earlier run\n");
    const result = await runAction(root, { select, args }, {}, workspace).done;
    const message = `input args: several arguments on one line; write ${correction}`;
    expect([result.code, result.outputs]).toEqual([2, { "exit-code": "2", out: "reports/out" }]);
    const annotation = { name: "error", properties: { title: "assay" }, text: message };
    expect(parseWorkflowCommands(result.log)).toEqual({ commands: [annotation], commandsStopped: false });
    expect(result.summary).toContain(`\`\`\`text\n${message}\n\`\`\`\n`);
    expect(result.uploads).toEqual([]);
  });

  test("does not include a value on a line of its own, nor one that contains a space", async () => {
    const args = "--seed\n7\n--known=no such list.yaml";
    const result = await runAction(root, { select, args, depth: "quick" }).done;
    expect([result.code, result.outputs["exit-code"]]).toEqual([2, "2"]);
    expect(result.log).toMatch(/no such list\.yaml/);
    expect(result.log).not.toContain("several arguments on one line");
  });
});

describe("install.sh", () => {
  /** An npm stub that only prints its arguments and folder. */
  const npm = (): NodeJS.ProcessEnv => {
    const bin = mkdtempSync(join(tmpdir(), "assay-bin-"));
    writeFileSync(
      join(bin, "npm"),
      '#!/usr/bin/env bash\necho "npm $* in $PWD"\nif [ "$1" = ci ]; then exit "$NPM_CI"; fi\n',
      { mode: 0o755 },
    );
    return { PATH: `${bin}:${process.env["PATH"]}`, NPM_CI: "0" };
  };

  test("installs and builds in the action's own checkout", async () => {
    const unbuiltRoot = checkout(false);
    const result = await runAction(unbuiltRoot, { select: "no/such/case" }, npm()).done;
    expect(result.log).toContain(`npm ci in ${unbuiltRoot}\nnpm run build in ${unbuiltRoot}\n`);
    // The stub built nothing, so the run cannot start, and the job must fail.
    expect(result.code).not.toBe(0);
  });

  test("does nothing if both were done before", async () => {
    const result = await runAction(root, { select: "no/such/case" }, npm()).done;
    expect(result.log).not.toContain("npm ci");
    expect(result.log).toContain("assay is built already");
  });

  test("that fails: the job fails, and its summary states that there is no report", async () => {
    const result = await runAction(checkout(false), {}, { ...npm(), NPM_CI: "9" }).done;
    expect([result.code, result.outputs, result.uploads]).toEqual([9, { "exit-code": "", out: "" }, []]);
    expect(result.summary).toMatch(/no report \(exit code unknown\)/);
  });
});
