/** Exit codes for problems of the target, the specs, the options and the target file, and for interrupted runs. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { readRecording } from "../../../runner/log/reader.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import {
  closedPort,
  startFixedServer,
  startServer,
  startUnresponsiveServer,
  type TestServer,
} from "../hostile/server.ts";
import { runAssay, startCli } from "./run-cli.ts";

// Cases that only read are evaluated in any case, those that change state only after a successful ping.
const readOnly = "tencent/iai/GetGroupList/valid/**";
const select = [
  "--select",
  "tencent/iai/CreateGroup/duplicate/**",
  "tencent/iai/DeletePersonFromGroup/valid/**",
  readOnly,
];
/** Enough cases that a run is interrupted before its end. */
const selectMany = ["--select", "tencent/iai/CreateGroup/**"];
const folder = () => mkdtempSync(join(tmpdir(), "assay-"));
const servers: TestServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function runAgainst(url: string, args: readonly string[] = select) {
  const out = folder();
  const done = await runAssay("run", "--endpoint", url, "--out", out, ...args);
  const recording = readRecording(join(out, "run.ndjson"));
  const counts = recording.footer?.counts;
  expect(Object.values(counts ?? {}).reduce((a, b) => a + b, 0)).toBe(recording.footer?.planned);
  return { ...done, counts, recording, out };
}

async function urlOf(server: Promise<TestServer>): Promise<string> {
  const running = await server;
  servers.push(running);
  return running.url;
}

describe("the target", () => {
  test("a closed port: 3, every case indeterminate", async () => {
    const { code, counts, recording } = await runAgainst(await closedPort());
    expect(code).toBe(3);
    expect(counts?.indeterminate).toBe(recording.footer?.planned);
  });

  test("no response: 3, every case indeterminate, also for a large number of cases", async () => {
    const { code, counts, recording } = await runAgainst(await urlOf(startUnresponsiveServer()), []);
    expect(code).toBe(3);
    expect(counts?.indeterminate).toBe(recording.footer?.planned);
    expect(recording.footer?.planned).toBeGreaterThan(6000);
  });

  test.each([
    ["HTML", 200, "text/html", "<!doctype html><title>It works</title>"],
    ["truncated JSON", 200, "application/json", '{"Response":{"RequestId":"a'],
    ["another envelope", 200, "application/json", '{"code":4000,"message":"","codeDesc":""}'],
    ["an empty body", 200, "application/json", ""],
  ])("%s: 1", async (_, status, type, body) => {
    const { code, counts } = await runAgainst(await urlOf(startFixedServer(status, type, body)));
    expect(code).toBe(1);
    expect(counts?.failed).toBeGreaterThan(0);
    expect(counts?.passed).toBe(0);
  });

  test("a body of 60 MB: 1, and the log does not contain it", async () => {
    const big = Buffer.alloc(60 * 1024 * 1024, 0x20);
    const { code, counts, out } = await runAgainst(await urlOf(startFixedServer(200, "application/json", big)), [
      "--depth",
      "quick",
      ...select,
    ]);
    expect(code).toBe(1);
    expect(counts?.failed).toBeGreaterThan(0);
    expect(readFileSync(join(out, "run.ndjson")).length).toBeLessThan(5_000_000);
  });

  test("InvalidAction for every call: 3, unimplemented", async () => {
    let requests = 0;
    const url = await urlOf(
      startServer((request, response) => {
        request.resume();
        const body = { Response: { Error: { Code: "InvalidAction", Message: "no" }, RequestId: `r-${requests++}` } };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      }),
    );
    const { code, counts } = await runAgainst(url);
    expect(code).toBe(3);
    expect(counts?.unimplemented).toBeGreaterThan(0);
    expect(counts?.passed).toBe(0);
    expect(counts?.failed).toBe(0);
  });

  test("503 without an envelope: 3", async () => {
    const { code, counts } = await runAgainst(await urlOf(startFixedServer(503, "text/html", "busy")));
    expect(code).toBe(3);
    expect(counts?.failed).toBe(0);
  });

  test("the same documented code for every call: no case passes", async () => {
    let requests = 0;
    const url = await urlOf(
      startServer((request, response) => {
        request.resume();
        const body = {
          Response: {
            Error: { Code: "InvalidParameterValue.GroupIdIllegal", Message: "no" },
            RequestId: `r-${requests++}`,
          },
        };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      }),
    );
    const { code, counts } = await runAgainst(url);
    expect(code).toBe(1);
    expect(counts?.passed).toBe(0);
  });
});

describe("the command", () => {
  test.each([
    ["an unknown option", ["run", "--nonsense"], /unknown option '--nonsense'/],
    ["an unknown command", ["rum"], /unknown command 'rum'/],
    ["an unknown target", ["run", "--target", "nowhere"], /--target nowhere: no such target/],
    ["an empty selection", ["run", "--select", "tencent/iai/CreateGrupp/**"], /no case is selected/],
    ["no address", ["run", "--endpoint", "nowhere"], /--endpoint nowhere: expected a URL/],
    [
      "a password in an address",
      ["run", "--endpoint", "http://me:hunter2@127.0.0.1:1"],
      /\/\/…@127.*without user name and password/,
    ],
    ["a bad number", ["run", "--lanes", "0"], /--lanes/],
    ["a missing folder of specs", ["run", "--specs", "/nowhere/at/all"], /no such folder/],
    ["both target and endpoint", ["run", "--target", "x", "--endpoint", "http://127.0.0.1:1"], /cannot be combined/],
    ["an unknown fault", ["emulator", "--fault", "nonsense"], /nonsense/],
    ["a selection of families", ["list", "families", "--select", "x/**"], /`list families` has no --select/],
    [
      "an unknown case",
      ["explain", "tencent/iai/CreateGroup/valid/call/minimum@tc3-post"],
      /did you mean .*minimal@tc3-post/,
    ],
  ])("%s: 2, and nothing is written", async (_, args, pattern) => {
    const { code, out, err } = await runAssay(...args);
    expect(code).toBe(2);
    expect(err).toMatch(pattern);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
  });

  test("an invalid spec: 2, every problem with its location", async () => {
    const dir = folder();
    const { mkdirSync } = await import("node:fs");
    mkdirSync(join(dir, "a", "b"), { recursive: true });
    writeFileSync(
      join(dir, "a", "b", "service.yaml"),
      "service: a/b\nversion: '1'\ndescription: s\nsource: { url: 'https://x.example' }\nenvelope: tencent-cloud\nhost: x.example\nbindings: [tc3-post]\n",
    );
    writeFileSync(
      join(dir, "a", "b", "Do.yaml"),
      "action: Do\ndescription: s\nsource: { url: 'https://x.example' }\noutputs: {}\nparameters:\n  P: { requird: true, schema: { type: string, maxLength: 3 } }\n",
    );
    const { code, err } = await runAssay("run", "--specs", dir);
    expect(code).toBe(2);
    expect(err).toMatch(/Do\.yaml:4:1: unknown key "outputs"; did you mean output\?/);
    expect(err).toMatch(/Do\.yaml:6:8: parameters\.P: unknown key "requird"; did you mean required\?/);
  });

  test("a target file with a literal secret: 2, the message has the location but not the secret", async () => {
    const file = join(folder(), "mine.yaml");
    writeFileSync(
      file,
      "services:\n  tencent/iai:\n    endpoint: http://127.0.0.1:1\n    credentials: { id: ASSAY_TEST_ID, key: Gu5t9xGARNpq86cd98joQYCN3 }\n",
    );
    const { code, err } = await runAssay("run", "--target", file);
    expect(code).toBe(2);
    expect(err).toMatch(
      /mine\.yaml:4:44: services\.tencent\/iai\.credentials\.key: .*Name of the environment variable/,
    );
    expect(err).not.toContain("Gu5t9x");
  });

  test("an unset environment variable of a secret: 2, the message names the variable", async () => {
    const file = join(folder(), "mine.yaml");
    writeFileSync(
      file,
      "services:\n  tencent/iai:\n    endpoint: http://127.0.0.1:1\n    credentials: { id: ASSAY_TEST_ID, key: ASSAY_TEST_KEY }\n",
    );
    const { code, err } = await runAssay("run", "--target", file);
    expect(code).toBe(2);
    expect(err).toMatch(/ASSAY_TEST_ID is not set/);
    expect(err).toMatch(/ASSAY_TEST_KEY is not set/);
  });
});

describe("Ctrl-C", () => {
  const interrupted = async (signal: NodeJS.Signals = "SIGINT", holdsRequests = false) => {
    const out = folder();
    const proxy = await startSlowProxy(20);
    servers.push(proxy);
    const child = startCli(["run", "--endpoint", proxy.url, "--out", out, "--lanes", "2", ...selectMany]);
    await proxy.waitForRequests(10);
    if (holdsRequests) {
      await vi.waitFor(() => expect(proxy.extraResources()).toBeGreaterThan(0), { timeout: 60_000 });
      proxy.hold();
    }
    child.kill(signal);
    return { out, child, proxy };
  };

  test("once: 130, log and junit.xml are complete, unsent cases are indeterminate, all resources are deleted", async () => {
    const { out, child } = await interrupted();
    const { code } = await child.done;
    expect(code).toBe(130);
    const recording = readRecording(join(out, "run.ndjson"));
    expect(recording.footer).toMatchObject({ interrupted: true, exit: 130, leftovers: 0 });
    expect(recording.footer?.counts.indeterminate).toBeGreaterThan(0);
    const sum = Object.values(recording.footer?.counts ?? {}).reduce((a, b) => a + b, 0);
    expect(sum).toBe(recording.footer?.planned);
    expect(readFileSync(join(out, "junit.xml"), "utf8")).toMatch(/<\/testsuites>\s*$/);
  });

  test("the terminal closes, which may send SIGHUP twice: as once", async () => {
    const { out, child } = await interrupted("SIGHUP");
    await child.waitForStderr("interrupted");
    child.kill("SIGHUP");
    expect((await child.done).code).toBe(130);
    const { footer } = readRecording(join(out, "run.ndjson"));
    expect(footer).toMatchObject({ interrupted: true, exit: 130, leftovers: 0 });
  });

  test("twice: 130 at once, and the printed sweep command deletes the leftovers", async () => {
    // Else the clean-up may have deleted everything before the second signal.
    const { out, child, proxy } = await interrupted("SIGINT", true);
    await child.waitForStderr("interrupted");
    child.kill("SIGINT");
    const { code, err } = await child.done;
    expect(code).toBe(130);
    expect(err).toContain(`sweep --out ${out}`);
    proxy.release();
    expect(proxy.extraResources()).toBeGreaterThan(0);
    const swept = await runAssay("sweep", "--out", out);
    expect([swept.code, swept.out]).toEqual([0, expect.stringMatching(/[1-9]\d* deleted/)]);
    expect(proxy.extraResources()).toBe(0);
  });
});

describe("maxMutations of a target file", () => {
  const runWithLimit = (maxMutations: number) => {
    const file = join(folder(), "mine.yaml");
    const iai = "{ endpoint: 'http://127.0.0.1:1', credentials: { id: ASSAY_TEST_ID, key: ASSAY_TEST_KEY } }";
    writeFileSync(file, `services:\n  tencent/iai: ${iai}\nmaxMutations: ${maxMutations}\n`);
    return startCli(["run", "--target", file, "--out", folder(), ...selectMany], {
      ASSAY_TEST_ID: "AKIDx",
      ASSAY_TEST_KEY: "k",
    }).done;
  };

  test("a plan with more calls that change state: 2, the message has both numbers", async () => {
    const { code, err } = await runWithLimit(50);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/plans \d{3,} calls that change state, but maxMutations of the target mine is 50/),
    ]);
  });

  test("a plan with fewer calls is run", async () => {
    const { code } = await runWithLimit(100_000);
    expect(code).toBe(3);
  });
});
