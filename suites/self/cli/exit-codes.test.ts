/** Exit codes when the target, the specs or the command are in trouble. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readRecording } from "../../../runner/log/reader.ts";
import { startSlowProxy } from "../fixtures/slow-proxy.ts";
import { closedPort, type Serving, startFixedServer, startServer, startUnresponsiveServer } from "../hostile/server.ts";
import { runAssay, startCli } from "./run-cli.ts";

// What only reads is judged in any case; what changes something only where the ping has worked.
const reading = "tencent/iai/GetGroupList/valid/**";
const select = ["--select", "tencent/iai/CreateGroup/**", "tencent/iai/DeletePersonFromGroup/**", reading];
const folder = () => mkdtempSync(join(tmpdir(), "assay-"));
const servers: Serving[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function against(url: string, more: readonly string[] = select) {
  const out = folder();
  const done = await runAssay("run", "--endpoint", url, "--out", out, ...more);
  const recording = readRecording(join(out, "run.ndjson"));
  const counts = recording.footer?.counts;
  expect(Object.values(counts ?? {}).reduce((a, b) => a + b, 0)).toBe(recording.footer?.planned);
  return { ...done, counts, recording, out };
}

async function serving(server: Promise<Serving>): Promise<string> {
  const up = await server;
  servers.push(up);
  return up.url;
}

describe("the target", () => {
  test("a closed port: 3, everything indeterminate", async () => {
    const { code, counts, recording } = await against(await closedPort());
    expect(code).toBe(3);
    expect(counts?.indeterminate).toBe(recording.footer?.planned);
  });

  test("silent: 3, and the number of cases does not matter", async () => {
    const { code, counts, recording } = await against(await serving(startUnresponsiveServer()), []);
    expect(code).toBe(3);
    expect(counts?.indeterminate).toBe(recording.footer?.planned);
    expect(recording.footer?.planned).toBeGreaterThan(6000);
  });

  test.each([
    ["HTML", 200, "text/html", "<!doctype html><title>It works</title>"],
    ["half a JSON", 200, "application/json", '{"Response":{"RequestId":"a'],
    ["another envelope", 200, "application/json", '{"code":4000,"message":"","codeDesc":""}'],
    ["an empty body", 200, "application/json", ""],
  ])("%s: 1", async (_, status, type, body) => {
    const { code, counts } = await against(await serving(startFixedServer(status, type, body)));
    expect(code).toBe(1);
    expect(counts?.failed).toBeGreaterThan(0);
    expect(counts?.passed).toBe(0);
  });

  test("a body of 60 MB: 1, and it is not kept", async () => {
    const big = Buffer.alloc(60 * 1024 * 1024, 0x20);
    const { code, counts, out } = await against(await serving(startFixedServer(200, "application/json", big)), [
      "--depth",
      "quick",
      ...select,
    ]);
    expect(code).toBe(1);
    expect(counts?.failed).toBeGreaterThan(0);
    expect(readFileSync(join(out, "run.ndjson")).length).toBeLessThan(5_000_000);
  });

  test("InvalidAction to all: 3, unimplemented", async () => {
    let n = 0;
    const url = await serving(
      startServer((request, response) => {
        request.resume();
        const body = { Response: { Error: { Code: "InvalidAction", Message: "no" }, RequestId: `r-${n++}` } };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      }),
    );
    const { code, counts } = await against(url);
    expect(code).toBe(3);
    expect(counts?.unimplemented).toBeGreaterThan(0);
    expect(counts?.passed).toBe(0);
    expect(counts?.failed).toBe(0);
  });

  test("503 without an envelope: 3", async () => {
    const { code, counts } = await against(await serving(startFixedServer(503, "text/html", "busy")));
    expect(code).toBe(3);
    expect(counts?.failed).toBe(0);
  });

  test("refuses everything with a documented code: not one green", async () => {
    let n = 0;
    const url = await serving(
      startServer((request, response) => {
        request.resume();
        const body = {
          Response: { Error: { Code: "InvalidParameterValue.GroupIdIllegal", Message: "no" }, RequestId: `r-${n++}` },
        };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
      }),
    );
    const { code, counts } = await against(url);
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
    ["no address", ["run", "--endpoint", "nowhere"], /--endpoint nowhere: expected an address/],
    [
      "a password in an address",
      ["run", "--endpoint", "http://me:hunter2@127.0.0.1:1"],
      /\/\/…@127.*without a name and password/,
    ],
    ["a bad number", ["run", "--lanes", "0"], /--lanes/],
    ["specs that are not there", ["run", "--specs", "/nowhere/at/all"], /no such folder/],
    ["both target and endpoint", ["run", "--target", "x", "--endpoint", "http://127.0.0.1:1"], /exclude/],
    ["an unknown fault", ["emulator", "--fault", "nonsense"], /nonsense/],
    [
      "an unknown case",
      ["explain", "tencent/iai/CreateGroup/valid/call/minimum@tc3-post"],
      /did you mean .*minimal@tc3-post/,
    ],
  ])("%s: 2, and nothing is written", async (_, args, says) => {
    const { code, out, err } = await runAssay(...args);
    expect(code).toBe(2);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
  });

  test("a broken spec: 2, every fault with its place", async () => {
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

  test("a target with a literal secret: 2, the place named and the secret not repeated", async () => {
    const file = join(folder(), "mine.yaml");
    writeFileSync(
      file,
      "services:\n  tencent/iai:\n    endpoint: http://127.0.0.1:1\n    credentials: { id: ASSAY_TEST_ID, key: Gu5t9xGARNpq86cd98joQYCN3 }\n",
    );
    const { code, err } = await runAssay("run", "--target", file);
    expect(code).toBe(2);
    expect(err).toMatch(/mine\.yaml:4:44: services\.tencent\/iai\.credentials\.key: .*NAME of an environment variable/);
    expect(err).not.toContain("Gu5t9x");
  });

  test("a secret that is not set: 2, the variable named", async () => {
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
  const interrupted = async () => {
    const out = folder();
    const front = await startSlowProxy(20);
    servers.push(front);
    const child = startCli(["run", "--endpoint", front.url, "--out", out, "--lanes", "2", ...select]);
    await front.asked(10);
    child.kill("SIGINT");
    return { out, child, front };
  };

  test("once: 130, the log and JUnit are whole, what was not sent is indeterminate, nothing is left", async () => {
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

  test("twice: 130 at once, and the command that is printed clears up", async () => {
    const { out, child, front } = await interrupted();
    await child.said("interrupted");
    child.kill("SIGINT");
    const { code, err } = await child.done;
    expect(code).toBe(130);
    expect(err).toContain(`sweep --out ${out}`);
    expect(front.held()).toBeGreaterThan(0);
    const swept = await runAssay("sweep", "--out", out);
    expect([swept.code, swept.out]).toEqual([0, expect.stringMatching(/[1-9]\d* deleted/)]);
    expect(front.held()).toBe(0);
  });
});

describe("a plan that changes more than the target allows", () => {
  const target = (most: number) => {
    const file = join(folder(), "mine.yaml");
    const iai = "{ endpoint: 'http://127.0.0.1:1', credentials: { id: ASSAY_TEST_ID, key: ASSAY_TEST_KEY } }";
    writeFileSync(file, `services:\n  tencent/iai: ${iai}\nmaxMutations: ${most}\n`);
    return startCli(["run", "--target", file, "--out", folder(), ...select], {
      ASSAY_TEST_ID: "AKIDx",
      ASSAY_TEST_KEY: "k",
    }).done;
  };

  test("2, with both numbers, and nothing is sent", async () => {
    const { code, err } = await target(50);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/plans \d{3,} calls that change state, and maxMutations of mine is 50/),
    ]);
  });

  test("one that stays within is begun", async () => {
    const { code } = await target(100_000);
    expect(code).toBe(3);
  });
});
