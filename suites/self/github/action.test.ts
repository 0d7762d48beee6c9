/** The composite action: it is what it says, its scripts run, and no input of it is ever a script. */
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
const serving = async (...faults: string[]) => {
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

  test("is composite; every input, output and step says what it is", () => {
    expect(runs.using).toBe("composite");
    for (const { description } of [...Object.values(inputs), ...Object.values(outputs)])
      expect(description).toMatch(/\S/);
    for (const step of runs.steps) expect(step.name).toMatch(/\S/);
    for (const step of runs.steps) if (step.run) expect(step.shell).toBe("bash");
  });

  test("names scripts that are there and can be run, and there is no other", () => {
    const named = runs.steps.flatMap(({ run = "" }) =>
      [...run.matchAll(/\$GITHUB_ACTION_PATH\/([\w-]+\.sh)/g)].map(([, name]) => name),
    );
    expect(named.toSorted()).toEqual(scripts.toSorted());
    for (const name of scripts) accessSync(join(actionFolder, name), constants.X_OK);
  });

  test("hands inputs on through the environment, and the scripts are careful", () => {
    for (const { run = "" } of runs.steps) expect(run).not.toContain("${{");
    for (const name of scripts) {
      const script = readFileSync(join(actionFolder, name), "utf8");
      expect(script).toMatch(/^#!\/usr\/bin\/env bash\n# .+\nset -euo pipefail\n/);
      expect(script).not.toMatch(/\$\{\{|\beval\b/);
    }
  });

  test("uses what it uses at a major version, and every input", () => {
    for (const { uses } of runs.steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
    for (const name of Object.keys(inputs)) expect(text).toContain(`\${{ inputs.${name} }}`);
  });
});

describe("a job", () => {
  test("against a healthy server: 0, the summary is on the job's page, the reports are kept", async () => {
    const inputs = { endpoint: await serving(), select, depth: "quick", args: "--seed=7\n--lanes\n2\n" };
    const ran = await runAction(root, inputs).done;
    expect(ran.code, ran.log).toBe(0);
    expect(ran.outputs).toEqual({ "exit-code": "0", out: "reports/out" });
    expect(ran.summary).toBe(readFileSync(join(ran.workspace, "reports/out/summary.md"), "utf8"));
    expect(ran.summary).toMatch(/passed/);
    expect(ran.uploads).toMatchObject([{ name: "assay", path: "reports/out" }]);
    const report = JSON.parse(readFileSync(join(ran.workspace, "reports/out/report.json"), "utf8"));
    expect(report).toMatchObject({ seed: 7, counts: { failed: 0 } });
    expect(report.counts.passed).toBeGreaterThan(3);
    expect(parseWorkflowCommands(ran.log)).toEqual({ commands: [], muted: false });
  });

  test("against a broken one: 1 at the end, after the summary and the upload, and the failure is marked", async () => {
    const inputs = {
      endpoint: await serving("id-in-use-told-as-invalid"),
      select,
      out: "my reports",
      artifact: "mine",
    };
    const ran = await runAction(root, inputs).done;
    expect(ran.code, ran.log).toBe(1);
    expect(ran.outputs).toEqual({ "exit-code": "1", out: "my reports" });
    expect(ran.summary).toMatch(/1 cause|failed/);
    expect(ran.uploads).toMatchObject([{ name: "mine", path: "my reports" }]);
    expect(parseWorkflowCommands(ran.log).commands.map(({ name }) => name)).toContain("error");
  });

  test("that cannot begin: 2, nothing old is shown for new, and nothing is kept", async () => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    mkdirSync(join(workspace, "reports/out"), { recursive: true });
    writeFileSync(join(workspace, "reports/out/summary.md"), "all was well last week\n");
    const ran = await runAction(root, { target: "nowhere" }, {}, workspace).done;
    expect(ran.code).toBe(2);
    expect(ran.outputs).toEqual({ "exit-code": "2", out: "reports/out" });
    expect(ran.log).toMatch(/no such target/);
    expect(ran.summary).toMatch(
      /^assay came to no report \(exit code 2\).*\n\n```text\n[^`]*no such target[^`]*\n```\n$/,
    );
    expect(ran.uploads).toEqual([]);
    const [mark, ...others] = parseWorkflowCommands(ran.log).commands;
    expect([mark, others]).toMatchObject([{ name: "error", properties: { title: "assay" } }, []]);
    expect(mark?.text).toMatch(/no such target/);
  });

  test("that is cancelled ends in order: 130, and nothing is left on the server", async () => {
    const front = await startSlowProxy(20);
    servers.push(front);
    const running = runAction(root, { endpoint: front.url, select: "tencent/iai/CreateGroup/**" });
    await front.asked(10);
    running.cancel();
    const ran = await running.done;
    expect(ran.outputs).toMatchObject({ "exit-code": "130" });
    expect(ran.code).toBe(130);
    expect(front.held()).toBe(0);
    // What is said on standard error is kept, and is not kept back.
    expect(ran.log).toMatch(/^interrupted: no new cases/m);
    expect(parseWorkflowCommands(ran.log).muted).toBe(false);
  });
});

/** The step alone, with what assay is to have said. */
function summaryOf(said: string): string {
  const folder = mkdtempSync(join(tmpdir(), "assay-summary-"));
  const [file, summary] = [join(folder, "said"), join(folder, "summary")];
  writeFileSync(file, said);
  const env = { ...process.env, GITHUB_STEP_SUMMARY: summary, ASSAY_SAID: file, ASSAY_EXIT_CODE: "2", ASSAY_OUT: "" };
  execFileSync(join(actionFolder, "summary.sh"), { env });
  return readFileSync(summary, "utf8");
}

describe("what assay said before it came to no report", () => {
  test("stands in a fence that it cannot leave, without controls, the last of it only", () => {
    const lines = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    const hostile = ["```", "# <b>x</b>", "`````", "\u001b[31mred\u0007 中"];
    const text = summaryOf([...lines, ...hostile, ""].join("\n"));
    const [, fence, inside] = /^.*\n\n(`+)text\n([\s\S]*)\n\1\n$/.exec(text) ?? [];
    expect(fence).toBe("``````");
    expect(inside?.split("\n")).toEqual([...lines.slice(14), ...hostile.slice(0, 3), "[31mred 中"]);
  });

  test("is cut where it is long, and nothing where it said nothing", () => {
    expect(summaryOf(`${"`".repeat(9000)}\n`).length).toBeLessThan(13_000);
    expect(summaryOf("")).toBe("assay came to no report (exit code 2); the log of the step says why.\n");
  });
});

describe("an input", () => {
  const words = ["target", "known", "since", "args", "select", "depth", "fail-on", "endpoint"];

  test.each([
    "x; touch pwned",
    "$(touch pwned)`touch pwned`",
    "x\ntouch pwned\n",
    "' ; touch pwned '\" && touch pwned \"",
  ])("is a word and no script: %j", async (word) => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    const inputs = Object.fromEntries(words.map((name) => [name, word]));
    const out = word.replaceAll("\n", "");
    const ran = await runAction(root, { ...inputs, out }, {}, workspace).done;
    expect(ran.code, ran.log).toBe(2);
    expect(ran.outputs).toEqual({ "exit-code": "2", out });
    expect(readdirSync(workspace)).toEqual([]);
  });

  test("cannot be an option, nor part of another input, nor set an output", async () => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    const glob = await runAction(root, { select: "--out=elsewhere\n--help", depth: "quick" }, {}, workspace).done;
    expect([glob.code, existsSync(join(workspace, "elsewhere"))]).toEqual([2, false]);
    const stray = { select, args: "tencent/iai/GetGroupList/valid/**", depth: "quick" };
    expect((await runAction(root, stray, {}, workspace).done).code).toBe(2);
    const out = await runAction(root, { select, out: "here\nexit-code=0" }, {}, workspace).done;
    expect([out.code, out.outputs]).toEqual([2, { "exit-code": "2", out: "" }]);
    expect(out.summary).toContain("the input out has more than one line");
  });
});

test.each(["--help", "--version"])("arguments that end well and judge nothing are no green: %s", async (args) => {
  const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
  mkdirSync(join(workspace, "reports/out"), { recursive: true });
  writeFileSync(join(workspace, "reports/out/run.ndjson"), "last week's\n");
  const ran = await runAction(root, { args }, {}, workspace).done;
  expect([ran.code, ran.outputs["exit-code"]]).toEqual([4, "4"]);
  expect(ran.summary).toContain("nothing was judged");
  expect(parseWorkflowCommands(ran.log).commands).toMatchObject([
    { name: "error", text: expect.stringContaining("nothing was judged") },
  ]);
});

describe("arguments that share a line", () => {
  test.each([
    ["--seed 7", "--seed=7"],
    ["--lanes=2\n--known  my list.yaml\r\n", "--known=my list.yaml"],
    ["--seed\t::error::100%\u0007", "--seed=::error::100% "],
    ["--seed ##[add-mask]a", "--seed=##[add-mask]a"],
  ])("%j: 2, and how to write them, in the log, as a mark and on the job's page", async (args, right) => {
    const workspace = mkdtempSync(join(tmpdir(), "assay-workspace-"));
    mkdirSync(join(workspace, "reports/out"), { recursive: true });
    writeFileSync(join(workspace, "reports/out/summary.md"), "all was well last week\n");
    const ran = await runAction(root, { select, args }, {}, workspace).done;
    const says = `the input args takes an argument a line: ${right}`;
    expect([ran.code, ran.outputs]).toEqual([2, { "exit-code": "2", out: "reports/out" }]);
    const mark = { name: "error", properties: { title: "assay" }, text: says };
    expect(parseWorkflowCommands(ran.log)).toEqual({ commands: [mark], muted: false });
    expect(ran.summary).toContain(`\`\`\`text\n${says}\n\`\`\`\n`);
    expect(ran.uploads).toEqual([]);
  });

  test("are no others: a value may stand in a line of its own, and may hold a space", async () => {
    const args = "--seed\n7\n--known=no such list.yaml";
    const ran = await runAction(root, { select, args, depth: "quick" }).done;
    expect([ran.code, ran.outputs["exit-code"]]).toEqual([2, "2"]);
    expect(ran.log).toMatch(/no such list\.yaml/);
    expect(ran.log).not.toContain("an argument a line");
  });
});

describe("install.sh", () => {
  /** An npm that only says what it was asked for. */
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
    const fresh = checkout(false);
    const ran = await runAction(fresh, { select: "no/such/case" }, npm()).done;
    expect(ran.log).toContain(`npm ci in ${fresh}\nnpm run build in ${fresh}\n`);
    // Nothing was built here, so there is nothing that could run: that is no green.
    expect(ran.code).not.toBe(0);
  });

  test("does nothing where that was done", async () => {
    const ran = await runAction(root, { select: "no/such/case" }, npm()).done;
    expect(ran.log).not.toContain("npm ci");
    expect(ran.log).toContain("assay is built already");
  });

  test("that fails fails the job, which says that there is no report", async () => {
    const ran = await runAction(checkout(false), {}, { ...npm(), NPM_CI: "9" }).done;
    expect([ran.code, ran.outputs, ran.uploads]).toEqual([9, { "exit-code": "", out: "" }, []]);
    expect(ran.summary).toMatch(/no report \(exit code unknown\)/);
  });
});
