/** Console output of a run: default, --quiet, --verbose, exit codes, and the workflow commands for GitHub. */
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { request as forward } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEmulator } from "../../vitest.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import { parseWorkflowCommands } from "../github/workflow-commands.ts";
import { startServer, type TestServer } from "../hostile/server.ts";
import { startCli } from "./run-cli.ts";
import { command } from "./run-in-process.ts";

const action = "tencent/iai/CreateGroup";
const failingId = `${action}/boundary/GroupId/65-bytes-ascii@tc3-post`;
const warningId = `${action}/boundary/GroupExDescriptions.items/0-chars@tc3-post`;
const githubEnv = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: "" };

/** Codes that the server below replaces. The first replacement contradicts a document; the second one is a warning, since no document names a code for that breach. */
const replacements = new Map([
  ["InvalidParameterValue.GroupIdTooLong", "InvalidParameterValue.GroupNameTooLong"],
  ["MissingParameter.ErrorParameterEmpty", "InvalidParameterValue.GroupTagIllegal"],
]);

const servers: { close(): Promise<void> }[] = [];
let url: string;
beforeAll(async () => {
  const emulator = await startEmulator();
  servers.push(emulator);
  const { hostname, port } = new URL(emulator.url);
  const proxy = await keepServer(
    startServer((incoming, response) => {
      const { method, url: path, headers } = incoming;
      const forwarded = forward({ hostname, port, method, path, headers }, async (upstream) => {
        let text = "";
        for await (const chunk of upstream) text += chunk;
        for (const [code, replacement] of replacements) text = text.replace(code, replacement);
        response.writeHead(upstream.statusCode ?? 502, { "content-type": "application/json" }).end(text);
      });
      incoming.pipe(forwarded);
    }),
  );
  url = proxy.url;
});
afterAll(async () => {
  for (const server of servers) await server.close();
});
const keepServer = async <T extends TestServer>(server: Promise<T>): Promise<T> => {
  const running = await server;
  servers.push(running);
  return running;
};

const folder = () => mkdtempSync(join(tmpdir(), "assay-"));

/** `assay run` in this process, which is faster than a new one; its output is captured. */
async function run(url: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, out = folder()) {
  return { ...(await command(["run", "--endpoint", url, "--out", out, ...args], env)), folder: out };
}

/** `assay run` in a process of its own, for tests of signals and of the end of the process. */
function child(url: string, args: readonly string[], out = folder()) {
  return startCli(["run", "--endpoint", url, "--out", out, ...args], githubEnv);
}

describe("a run that fails", () => {
  const select = ["--select", `${action}/boundary/GroupId/**`];

  test("prints each failure as it occurs, and at the end one example per cause, the table and the counts", async () => {
    const { code, lines } = await run(url, select);
    expect(code).toBe(1);
    const line = lines.indexOf(`failed ${failingId}`);
    expect(lines[line + 1]).toMatch(/^ {2}code: .*GroupIdTooLong, but is "InvalidParameterValue.GroupNameTooLong"\.$/);
    expect(lines[line + 2]).toBe("  001_20674b39956d1a4c.txt, section 2, row GroupId");
    expect(lines[line + 3]).toMatch(/^ {2}rerun: .*--verbose$/);
    // Six bindings fail for one cause: the live output prints three of them, the closing summary one.
    expect(lines.filter((line) => /^failed .*65-bytes-ascii/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => /^further cases/.test(line))).toHaveLength(1);
    const closing = lines.slice(lines.findIndex((line) => line.startsWith("failed: ")));
    expect(closing.filter((line) => /^ {4}\S+65-bytes-ascii@/.test(line))).toHaveLength(1);
    expect(closing.some((line) => /^all +\d/.test(line))).toBe(true);
    expect(closing.some((line) => /^\d+ planned: /.test(line))).toBe(true);
    expect(lines.join("\n")).not.toContain("::");
  });

  test("its rerun command prints request and response, and does not overwrite the reports of the run", async () => {
    const first = await run(url, select);
    const report = readFileSync(join(first.folder, "report.json"), "utf8");
    const rerunCommand = first.lines[first.lines.indexOf(`failed ${failingId}`) + 3]?.replace(
      "  rerun: npm run assay -- ",
      "",
    );
    const rerun = await command(rerunCommand?.split(" ") ?? []);
    expect(rerun.code).toBe(1);
    expect(rerun.out).toMatch(/^--- judged tencent\/iai\/CreateGroup, \d+ ms\nPOST http/m);
    expect(rerun.out).toMatch(/^X-TC-Action: CreateGroup$[\s\S]*^--- response\nHTTP 200$[\s\S]*"RequestId"/m);
    expect(rerun.out).toMatch(/^1 planned: 0 passed, 1 failed/m);
    // A rerun of the rerun writes to the same folder.
    expect(rerun.out).toContain(`${rerunCommand?.slice(rerunCommand.indexOf("--out "))}`);
    expect(readFileSync(join(first.folder, "report.json"), "utf8")).toBe(report);
  });

  test("--quiet prints only counts and folder; the exit code is the same", async () => {
    const { code, lines, folder: out } = await run(url, [...select, "--quiet"]);
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe("");
    expect(lines.slice(0, -1)).toEqual([
      expect.stringMatching(/^\d+ planned: \d+ passed, 7 failed/),
      `log and reports: ${out}`,
    ]);
  });

  test("--quiet of a run without failures prints counts and folder too", async () => {
    const { code, out, folder: outFolder } = await run(url, ["--select", `${action}/valid/**`, "--quiet"]);
    const [counts, ...others] = out.split("\n");
    expect([code, counts]).toEqual([0, expect.stringMatching(/^\d+ planned: .* 0 failed/)]);
    expect(others).toEqual([`log and reports: ${outFolder}`, ""]);
  });

  test("--verbose prints every failure with its exchanges", async () => {
    const { lines } = await run(url, [...select, "--verbose"]);
    expect(lines.filter((line) => /^failed \S+$/.test(line))).toHaveLength(7);
    expect(lines.filter((line) => line.startsWith("--- judged"))).not.toHaveLength(0);
    expect(lines.filter((line) => line.startsWith("further"))).toEqual([]);
  });
});

describe("one of several globs that selects no case", () => {
  const good = "tencent/iai/GetGroupList/valid/**";
  test("is an error if it matches no case id at all: 2, and nothing is sent", async () => {
    const { code, err } = await run("http://127.0.0.1:9", ["--select", good, "tencent/iai/GetGruopList/**"]);
    expect([code, err]).toEqual([
      2,
      "--select tencent/iai/GetGruopList/**: matches no case id; `assay list cases` lists the ids\n",
    ]);
  });
  test("is reported if it matches only cases that this run does not plan", async () => {
    const deep = "tencent/iai/CreateGroup/valid/optional/**";
    const { code, err } = await run(url, ["--select", good, deep, "--depth", "quick"]);
    expect([code, err.includes(`--select ${deep}: selects no case in this run`)]).toEqual([0, true]);
  });
});

describe("--exclude", () => {
  const list = (...args: string[]) => command(["list", "cases", "--select", "tencent/sts/GetCallerIdentity", ...args]);

  test("leaves out what it matches", async () => {
    const [all, some] = [await list(), await list("--exclude", "**/signature/**", "**/protocol/**")];
    const kept = all.lines.filter((line) => !/\/(?:signature|protocol)\//.test(line));
    expect(some.lines).toEqual(kept);
    expect([kept.length > 5, kept.length < all.lines.length]).toEqual([true, true]);
  });

  test.each([
    ["nothing", "--exclude nothing: matches no case id;"],
    ["tencent/**", "no case is selected by --select tencent/sts/** --exclude tencent/**;"],
  ])("%s: 2, and nothing is sent", async (glob, message) => {
    const { code, err } = await run("http://127.0.0.1:9", ["--select", "tencent/sts/**", "--exclude", glob]);
    expect([code, err.slice(0, message.length)]).toEqual([2, message]);
  });
});

describe("invalid combinations of options", () => {
  test.each([
    [["--quiet", "--verbose"], /cannot be combined/],
    [["--strict", "--fail-on", "must"], /--strict means --fail-on should/],
    [["--fail-on", "may"], /must, should/],
  ])("%s: 2, and nothing is sent", async (args, pattern) => {
    const { code, err, out } = await run("http://127.0.0.1:1", args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(pattern);
  });
});

describe("--fail-on", () => {
  // The document forbids an empty item but names no code for it, so a code with another cause is only a warning.
  test.each([
    [[], 0],
    [["--fail-on", "must"], 0],
    [["--fail-on", "should"], 1],
    [["--strict"], 1],
    [["--strict", "--fail-on", "should"], 1],
  ])("%s: a run with a warning has exit code %i", async (args, expected) => {
    // A passing case is selected too: an action without any passed case has exit code 3.
    const select = ["--select", warningId, `${action}/valid/call/minimal@tc3-post`];
    const { code, out, folder: outFolder } = await run(url, [...select, ...args]);
    expect(out).toMatch(/2 passed, 0 failed.*; 1 warning$/m);
    expect(out.includes(`warning ${warningId}\n`)).toBe(expected === 1);
    // If the warning fails the run, junit.xml has a failure, and the rerun command fails too.
    const shown = readFileSync(join(outFolder, "junit.xml"), "utf8").match(/<failure [^>]*message="warning: /g);
    expect(shown?.length ?? 0).toBe(expected);
    expect(/^ {2}rerun: .* --strict .*--select /m.test(out)).toBe(expected === 1);
    expect(code).toBe(expected);
  });

  test("the rerun command of a warning that fails the run prints the exchange", async () => {
    const { out, folder: outFolder } = await run(url, ["--select", warningId, "--strict", "--verbose"]);
    expect(out).toMatch(/^--- judged tencent\/iai\/CreateGroup, [\s\S]*InvalidParameterValue\.GroupTagIllegal/m);
    const log = readFileSync(join(outFolder, "run.ndjson"), "utf8");
    expect(log).toContain("InvalidParameterValue.GroupTagIllegal");
  });
});

describe("on GitHub", () => {
  test("a failing run prints an error annotation per cause, at the line of the spec", async () => {
    const { code, out } = await run(url, ["--select", `${action}/boundary/GroupId/**`], {
      ...githubEnv,
      GITHUB_WORKSPACE: process.cwd(),
    });
    expect(code).toBe(1);
    const { commands, commandsStopped } = parseWorkflowCommands(out);
    expect(commandsStopped).toBe(false);
    const errors = commands.filter(({ name }) => name === "error");
    expect(errors.map(({ properties }) => properties["title"])).toEqual([
      `assay: failed, 6 cases of ${action}`,
      `assay: failed, 1 case of ${action}`,
    ]);
    for (const { properties, text } of errors) {
      expect(properties).toMatchObject({ file: `specs/${action}.yaml`, line: expect.stringMatching(/^\d+$/) });
      expect(text).toMatch(/\nrerun: .*--verbose$/);
    }
  });

  test("a run without failures prints no annotation", async () => {
    const { code, out } = await run(url, ["--select", `${action}/valid/**`], githubEnv);
    expect([code, parseWorkflowCommands(out)]).toEqual([0, { commands: [], commandsStopped: false }]);
  });

  test.each<{ args: string[] }>([{ args: ["--verbose"] }, { args: ["--quiet"] }, { args: [] }])(
    "workflow commands in responses of the target are not executed ($args)",
    async ({ args }) => {
      const lines = [
        "::error::pwned",
        "##[error]pwned",
        "::set-env name=PATH::pwned",
        "::stop-commands::pwned",
        "::pwned::",
        "::TOKEN::",
        "::3d676e19-ed74-4c74-85fb-dc3a87bd1469::",
        "  ::warning::pwned",
      ];
      const body = `\n${lines.join("\n")}\r\n::error::pwned\n`;
      const code = lines.join("\n");
      let calls = 0;
      const hostile = await keepServer(
        startServer((request, response) => {
          request.resume();
          const oddRequest = calls++ % 2 === 1;
          const refusal = JSON.stringify(
            { Response: { Error: { Code: code, Message: code }, RequestId: code } },
            null,
            1,
          );
          response.writeHead(200, { "content-type": "application/json" }).end(oddRequest ? body : refusal);
        }),
      );
      const result = await run(hostile.url, ["--select", "tencent/iai/GetGroupList/valid/**", ...args], githubEnv);
      expect(result.code).toBe(1);
      // The raw output must contain the text, or the test would prove nothing.
      if (args.includes("--verbose")) expect(result.out).toMatch(/^::error::pwned$/m);
      for (const stream of [result.out, result.err]) {
        const { commands, commandsStopped } = parseWorkflowCommands(stream);
        expect(commandsStopped).toBe(false);
        for (const { name, properties } of commands) {
          expect(["error", "warning"]).toContain(name);
          expect(properties["title"]).toMatch(/^assay: /);
        }
      }
      expect(parseWorkflowCommands(result.out).commands.length).toBeGreaterThan(0);
    },
  );

  test("nor are they in the text output of other commands", async () => {
    const attack = "##[set-output name=exit-code]0";
    const hostile = await keepServer(
      startServer((request, response) => {
        request.resume();
        const refusal = { Response: { Error: { Code: attack, Message: attack }, RequestId: randomUUID() } };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(refusal));
      }),
    );
    const outFolder = folder();
    const id = "tencent/iai/GetGroupList/valid/call/minimal@tc3-post";
    await command(["run", "--endpoint", hostile.url, "--out", outFolder, "--select", id, "--quiet"], {});
    const log = join(outFolder, "run.ndjson");
    for (const args of [
      ["report", log],
      ["compare", log, log],
      ["compare", "--matrix", log],
      ["explain", id, "--send", "--endpoint", hostile.url],
      ["sweep", "--out", outFolder],
    ]) {
      const { out, err } = await command(args, githubEnv);
      expect(out).toMatch(/^::stop-commands::/);
      expect([args[0], parseWorkflowCommands(out), parseWorkflowCommands(err).commands]).toEqual([
        args[0],
        { commands: [], commandsStopped: false },
        [],
      ]);
    }
    const { out } = await command(["report", log], githubEnv);
    expect(out).toContain(attack);
    // Outside GitHub, and in JSON, the output is not wrapped in stop-commands.
    for (const [args, env] of [
      [["report", log], {}],
      [["report", log, "--format", "json"], githubEnv],
      [["compare", log, log, "--format", "json"], githubEnv],
    ] as const)
      expect((await command(args, env)).out).not.toContain("stop-commands");
  });

  test.each([
    [["run", "--seed", "x"], /^option '--seed <n>' argument 'x' is invalid/],
    [["run", "--no-such\r\n::error::pwned,%"], /^unknown option '--no-such\r\n::error::pwned,%'/],
    [["run", "--target", "nowhere"], /no such target/],
    [["run", "--quiet", "--verbose"], /cannot be combined/],
  ])("a run that cannot begin prints one annotation with the reason: %j", async (args, pattern) => {
    const { code, out, err } = await command(args, githubEnv);
    expect(code).toBe(2);
    expect(err).toMatch(args.includes("nowhere") ? pattern : /./);
    const { commands, commandsStopped } = parseWorkflowCommands(out);
    expect(commands).toMatchObject([
      { name: "error", properties: { title: "assay" }, text: expect.stringMatching(pattern) },
    ]);
    expect([out.split("\n"), commandsStopped]).toEqual([[expect.stringMatching(/^::error title=assay::/), ""], false]);
  });

  test("other commands, successful runs and runs outside GitHub print none", async () => {
    for (const [args, env, expected] of [
      [["list", "nothing"], githubEnv, 2],
      [["run", "--help"], githubEnv, 0],
      [["run", "--target", "nowhere"], {}, 2],
    ] as const) {
      const { code, out } = await command(args, env);
      expect([code, parseWorkflowCommands(out).commands]).toEqual([expected, []]);
    }
  });

  const interrupted = async () => {
    const proxy = await keepServer(startSlowProxy(20));
    const running = child(proxy.url, ["--lanes", "2", "--select", `${action}/**`]);
    await proxy.waitForRequests(10);
    running.kill("SIGINT");
    return running;
  };

  test("an interrupted run enables workflow commands again, and reports the interruption", async () => {
    const { code, out } = await (await interrupted()).done;
    expect(code).toBe(130);
    const { commands, commandsStopped } = parseWorkflowCommands(out);
    expect(commandsStopped).toBe(false);
    expect(commands.map(({ properties }) => properties["title"])).toContain("assay: interrupted");
  });

  test("a run that a second signal ends at once enables workflow commands again", async () => {
    const running = await interrupted();
    await running.waitForStderr("interrupted");
    running.kill("SIGINT");
    const { code, out } = await running.done;
    expect(code).toBe(130);
    expect(out).toMatch(/^::stop-commands::/);
    expect(parseWorkflowCommands(out).commandsStopped).toBe(false);
  });

  test("a run that fails internally enables workflow commands again", async () => {
    const out = folder();
    // A folder at the path of a report makes writing it fail.
    mkdirSync(join(out, "junit.xml"));
    const done = await child(url, ["--select", `${action}/valid/call/minimal@tc3-post`], out).done;
    expect(done.code).toBe(4);
    expect(done.out).toMatch(/^::stop-commands::/);
    expect(parseWorkflowCommands(done.out).commandsStopped).toBe(false);
  });

  test("each run uses a new token", async () => {
    const tokens: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { out } = await run(url, ["--select", `${action}/valid/call/minimal@tc3-post`, "--quiet"], githubEnv);
      tokens.push(/^::stop-commands::(\S{30,})$/m.exec(out)?.[1] ?? "");
    }
    expect(new Set(tokens.filter(Boolean)).size).toBe(2);
  });
});

test("on Azure Pipelines nothing that is printed is a command of its runner", async () => {
  const { code, err } = await startCli(["explain", "##vso[task.complete result=Succeeded;]"], { TF_BUILD: "True" })
    .done;
  expect([code, err]).toEqual([2, expect.stringContaining("# #vso[task.complete result=Succeeded;]")]);
});
