/** What a run says: to a person, quietly and verbosely, to a shell by its exit code, and to GitHub. */
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { request as forward } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runCli } from "../../../runner/cli/program.ts";
import { startEmulator } from "../../vitest.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import { parseWorkflowCommands } from "../github/workflow-commands.ts";
import { type Serving, startServer } from "../hostile/server.ts";
import { startCli } from "./run-cli.ts";

const action = "tencent/iai/CreateGroup";
const broken = `${action}/boundary/GroupId/65-bytes-ascii@tc3-post`;
const guessed = `${action}/boundary/GroupExDescriptions.items/0-chars@tc3-post`;
const hub = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: "" };

/** What the server below answers in place of a code: one that is wrong, and one that is only unexpected where no page names any. */
const other = new Map([
  ["InvalidParameterValue.GroupIdTooLong", "InvalidParameterValue.GroupNameTooLong"],
  ["MissingParameter.ErrorParameterEmpty", "InvalidParameterValue.GroupTagIllegal"],
]);

const servers: { close(): Promise<void> }[] = [];
let url: string;
beforeAll(async () => {
  const emulator = await startEmulator();
  servers.push(emulator);
  const { hostname, port } = new URL(emulator.url);
  const front = await serving(
    startServer((incoming, answer) => {
      const { method, url: path, headers } = incoming;
      const onward = forward({ hostname, port, method, path, headers }, async (reply) => {
        let text = "";
        for await (const chunk of reply) text += chunk;
        for (const [code, instead] of other) text = text.replace(code, instead);
        answer.writeHead(reply.statusCode ?? 502, { "content-type": "application/json" }).end(text);
      });
      incoming.pipe(onward);
    }),
  );
  url = front.url;
});
afterAll(async () => {
  for (const server of servers) await server.close();
});
const serving = async <T extends Serving>(server: Promise<T>): Promise<T> => {
  const up = await server;
  servers.push(up);
  return up;
};

const folder = () => mkdtempSync(join(tmpdir(), "assay-"));

/** In this process, which is quicker; what a run prints is kept from the screen. */
async function run(url: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, out = folder()) {
  return { ...(await command(["run", "--endpoint", url, "--out", out, ...args], env)), folder: out };
}

async function command(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const said = { out: "", err: "" };
  for (const [name, value] of Object.entries({ GITHUB_ACTIONS: "", ...env })) vi.stubEnv(name, value);
  const spies = (["out", "err"] as const).map((stream) =>
    vi.spyOn(process[`std${stream}`], "write").mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  try {
    const code = (await runCli(args)) ?? process.exitCode;
    return { code, ...said, lines: said.out.split("\n") };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** In a process of its own: signals, and what happens at its end. */
function child(url: string, args: readonly string[], out = folder()) {
  return startCli(["run", "--endpoint", url, "--out", out, ...args], hub);
}

describe("a run that fails", () => {
  const select = ["--select", `${action}/boundary/GroupId/**`];

  test("tells each failure as it comes, and at the end one example a cause, the table and the counts", async () => {
    const { code, lines } = await run(url, select);
    expect(code).toBe(1);
    const told = lines.indexOf(`failed ${broken}`);
    expect(lines[told + 1]).toMatch(/^ {2}code: .*GroupIdTooLong, but is "InvalidParameterValue.GroupNameTooLong"\.$/);
    expect(lines[told + 2]).toBe("  001_20674b39956d1a4c.txt, section 2, row GroupId");
    expect(lines[told + 3]).toMatch(/^ {2}rerun: .*--verbose$/);
    // Six bindings fail for one cause: three are told, three examples would be too many at the end.
    expect(lines.filter((line) => /^failed .*65-bytes-ascii/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => /^further cases/.test(line))).toHaveLength(1);
    const closing = lines.slice(lines.findIndex((line) => line.startsWith("failed: ")));
    expect(closing.filter((line) => /^ {4}\S+65-bytes-ascii@/.test(line))).toHaveLength(1);
    expect(closing.some((line) => /^all +\d/.test(line))).toBe(true);
    expect(closing.some((line) => /^\d+ planned: /.test(line))).toBe(true);
    expect(lines.join("\n")).not.toContain("::");
  });

  test("its command, once given, shows the request and the answer, and leaves the reports of the run alone", async () => {
    const first = await run(url, select);
    const report = readFileSync(join(first.folder, "report.json"), "utf8");
    const words = first.lines[first.lines.indexOf(`failed ${broken}`) + 3]?.replace("  rerun: npm run assay -- ", "");
    const again = await command(words?.split(" ") ?? []);
    expect(again.code).toBe(1);
    expect(again.out).toMatch(/^--- judged tencent\/iai\/CreateGroup, \d+ ms\nPOST http/m);
    expect(again.out).toMatch(/^X-TC-Action: CreateGroup$[\s\S]*^--- answer\nHTTP 200$[\s\S]*"RequestId"/m);
    expect(again.out).toMatch(/^1 planned: 0 passed, 1 failed/m);
    // Whoever repeats it once more is not led from folder to folder.
    expect(again.out).toContain(`${words?.slice(words.indexOf("--out "))}`);
    expect(readFileSync(join(first.folder, "report.json"), "utf8")).toBe(report);
  });

  test("quietly: what is amiss, the counts and the folder, and no more; the exit code is the same", async () => {
    const { code, lines, folder: out } = await run(url, [...select, "--quiet"]);
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe("");
    expect(lines.slice(0, -1)).toEqual([
      expect.stringMatching(/^\d+ planned: \d+ passed, 7 failed/),
      `log and reports: ${out}`,
    ]);
  });

  test("quietly, and all is green: the counts and the folder alone", async () => {
    const { code, out, folder: where } = await run(url, ["--select", `${action}/valid/**`, "--quiet"]);
    const [counts, ...others] = out.split("\n");
    expect([code, counts]).toEqual([0, expect.stringMatching(/^\d+ planned: .* 0 failed/)]);
    expect(others).toEqual([`log and reports: ${where}`, ""]);
  });

  test("verbosely: every failure with its exchanges", async () => {
    const { lines } = await run(url, [...select, "--verbose"]);
    expect(lines.filter((line) => /^failed \S+$/.test(line))).toHaveLength(7);
    expect(lines.filter((line) => line.startsWith("--- judged"))).not.toHaveLength(0);
    expect(lines.filter((line) => line.startsWith("further"))).toEqual([]);
  });
});

describe("of several globs one that selects nothing", () => {
  const good = "tencent/iai/GetGroupList/valid/**";
  test("is a slip where nothing has such an id: 2, and nothing is sent", async () => {
    const { code, err } = await run("http://127.0.0.1:9", ["--select", good, "tencent/iai/GetGruopList/**"]);
    expect([code, err]).toEqual([
      2,
      "--select tencent/iai/GetGruopList/**: no case has such an id; `assay list cases` shows the ids\n",
    ]);
  });
  test("is told where only this run leaves it out", async () => {
    const deep = "tencent/iai/CreateGroup/valid/optional/**";
    const { code, err } = await run(url, ["--select", good, deep, "--depth", "quick"]);
    expect([code, err.includes(`--select ${deep}: selects no case at this depth`)]).toEqual([0, true]);
  });
});

describe("options that contradict", () => {
  test.each([
    [["--quiet", "--verbose"], /exclude/],
    [["--strict", "--fail-on", "must"], /--strict is --fail-on should/],
    [["--fail-on", "may"], /must, should/],
  ])("%s: 2, and nothing is sent", async (args, says) => {
    const { code, err, out } = await run("http://127.0.0.1:1", args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });
});

describe("--fail-on", () => {
  // The document says that the item may not be empty, and not which code an empty one gets: another fitting one is a warning.
  test.each([
    [[], 0],
    [["--fail-on", "must"], 0],
    [["--fail-on", "should"], 1],
    [["--strict"], 1],
    [["--strict", "--fail-on", "should"], 1],
  ])("%s: a warning ends with %i", async (args, expected) => {
    // Beside it a case that passes: an action without one is no green.
    const select = ["--select", guessed, `${action}/valid/call/minimal@tc3-post`];
    const { code, out, folder: where } = await run(url, [...select, ...args]);
    expect(out).toMatch(/2 passed, 0 failed.*; 1 warning$/m);
    expect(out.includes(`warning ${guessed}\n`)).toBe(expected === 1);
    // A job that fails has a failure to show, and its command fails again.
    const shown = readFileSync(join(where, "junit.xml"), "utf8").match(/<failure [^>]*message="warning: /g);
    expect(shown?.length ?? 0).toBe(expected);
    expect(/^ {2}rerun: .* --strict .*--select /m.test(out)).toBe(expected === 1);
    expect(code).toBe(expected);
  });

  test("the command of a warning that fails the run shows what went over the wire", async () => {
    const { out, folder: where } = await run(url, ["--select", guessed, "--strict", "--verbose"]);
    expect(out).toMatch(/^--- judged tencent\/iai\/CreateGroup, [\s\S]*InvalidParameterValue\.GroupTagIllegal/m);
    const log = readFileSync(join(where, "run.ndjson"), "utf8");
    expect(log).toContain("InvalidParameterValue.GroupTagIllegal");
  });
});

describe("on GitHub", () => {
  test("a failing run ends with an error for each cause, at the line of the spec", async () => {
    const { code, out } = await run(url, ["--select", `${action}/boundary/GroupId/**`], {
      ...hub,
      GITHUB_WORKSPACE: process.cwd(),
    });
    expect(code).toBe(1);
    const { commands, muted } = parseWorkflowCommands(out);
    expect(muted).toBe(false);
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

  test("a green one has no mark", async () => {
    const { code, out } = await run(url, ["--select", `${action}/valid/**`], hub);
    expect([code, parseWorkflowCommands(out)]).toEqual([0, { commands: [], muted: false }]);
  });

  test.each<{ args: string[] }>([{ args: ["--verbose"] }, { args: ["--quiet"] }, { args: [] }])(
    "a target that speaks the runner's commands is not heard ($args)",
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
      const hostile = await serving(
        startServer((request, answer) => {
          request.resume();
          const odd = calls++ % 2 === 1;
          const refusal = JSON.stringify(
            { Response: { Error: { Code: code, Message: code }, RequestId: code } },
            null,
            1,
          );
          answer.writeHead(200, { "content-type": "application/json" }).end(odd ? body : refusal);
        }),
      );
      const said = await run(hostile.url, ["--select", "tencent/iai/GetGroupList/valid/**", ...args], hub);
      expect(said.code).toBe(1);
      // Else there would be nothing to be afraid of.
      if (args.includes("--verbose")) expect(said.out).toMatch(/^::error::pwned$/m);
      for (const stream of [said.out, said.err]) {
        const { commands, muted } = parseWorkflowCommands(stream);
        expect(muted).toBe(false);
        for (const { name, properties } of commands) {
          expect(["error", "warning"]).toContain(name);
          expect(properties["title"]).toMatch(/^assay: /);
        }
      }
      expect(parseWorkflowCommands(said.out).commands.length).toBeGreaterThan(0);
    },
  );

  test("nor in what other commands print for people of what it said", async () => {
    const said = "##[set-output name=exit-code]0";
    const hostile = await serving(
      startServer((request, answer) => {
        request.resume();
        const refusal = { Response: { Error: { Code: said, Message: said }, RequestId: randomUUID() } };
        answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(refusal));
      }),
    );
    const where = folder();
    const id = "tencent/iai/GetGroupList/valid/call/minimal@tc3-post";
    await command(["run", "--endpoint", hostile.url, "--out", where, "--select", id, "--quiet"], {});
    const log = join(where, "run.ndjson");
    for (const args of [
      ["report", log],
      ["compare", log, log],
      ["compare", "--matrix", log],
      ["explain", id, "--send", "--endpoint", hostile.url],
      ["sweep", "--out", where],
    ]) {
      const { out, err } = await command(args, hub);
      expect(out).toMatch(/^::stop-commands::/);
      expect([args[0], parseWorkflowCommands(out), parseWorkflowCommands(err).commands]).toEqual([
        args[0],
        { commands: [], muted: false },
        [],
      ]);
    }
    const { out } = await command(["report", log], hub);
    expect(out).toContain(said);
    // Elsewhere, and for programs, nothing stands around it.
    for (const [args, env] of [
      [["report", log], {}],
      [["report", log, "--format", "json"], hub],
      [["compare", log, log, "--format", "json"], hub],
    ] as const)
      expect((await command(args, env)).out).not.toContain("stop-commands");
  });

  test.each([
    [["run", "--seed", "x"], /^option '--seed <n>' argument 'x' is invalid/],
    [["run", "--no-such\r\n::error::pwned,%"], /^unknown option '--no-such\r\n::error::pwned,%'/],
    [["run", "--target", "nowhere"], /no such target/],
    [["run", "--quiet", "--verbose"], /exclude/],
  ])("a run that cannot begin has one mark that says why: %j", async (args, says) => {
    const { code, out, err } = await command(args, hub);
    expect(code).toBe(2);
    expect(err).toMatch(args.includes("nowhere") ? says : /./);
    const { commands, muted } = parseWorkflowCommands(out);
    expect(commands).toMatchObject([
      { name: "error", properties: { title: "assay" }, text: expect.stringMatching(says) },
    ]);
    expect([out.split("\n"), muted]).toEqual([[expect.stringMatching(/^::error title=assay::/), ""], false]);
  });

  test("what is no run, or no fault, has none, and elsewhere nothing has", async () => {
    for (const [args, env, expected] of [
      [["list", "nothing"], hub, 2],
      [["run", "--help"], hub, 0],
      [["run", "--target", "nowhere"], {}, 2],
    ] as const) {
      const { code, out } = await command(args, env);
      expect([code, parseWorkflowCommands(out).commands]).toEqual([expected, []]);
    }
  });

  const interrupted = async () => {
    const front = await serving(startSlowProxy(20));
    const running = child(front.url, ["--lanes", "2", "--select", `${action}/**`]);
    await front.asked(10);
    running.kill("SIGINT");
    return running;
  };

  test("one that is interrupted lets commands be heard again, and says that it was", async () => {
    const { code, out } = await (await interrupted()).done;
    expect(code).toBe(130);
    const { commands, muted } = parseWorkflowCommands(out);
    expect(muted).toBe(false);
    expect(commands.map(({ properties }) => properties["title"])).toContain("assay: interrupted");
  });

  test("one that is stopped at once lets commands be heard again", async () => {
    const running = await interrupted();
    await running.said("interrupted");
    running.kill("SIGINT");
    const { code, out } = await running.done;
    expect(code).toBe(130);
    expect(out).toMatch(/^::stop-commands::/);
    expect(parseWorkflowCommands(out).muted).toBe(false);
  });

  test("one that breaks lets commands be heard again", async () => {
    const out = folder();
    // A folder stands where a report is to be written.
    mkdirSync(join(out, "junit.xml"));
    const done = await child(url, ["--select", `${action}/valid/call/minimal@tc3-post`], out).done;
    expect(done.code).toBe(4);
    expect(done.out).toMatch(/^::stop-commands::/);
    expect(parseWorkflowCommands(done.out).muted).toBe(false);
  });

  test("each run has a token of its own", async () => {
    const tokens: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { out } = await run(url, ["--select", `${action}/valid/call/minimal@tc3-post`, "--quiet"], hub);
      tokens.push(/^::stop-commands::(\S{30,})$/m.exec(out)?.[1] ?? "");
    }
    expect(new Set(tokens.filter(Boolean)).size).toBe(2);
  });
});
