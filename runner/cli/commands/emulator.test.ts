/** `assay emulator`: what it prints when the process is stopped, and invalid ports. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { cliFile } from "../../../suites/self/fixtures/built-files.ts";
import { credentials } from "../../emulator/test-credentials.ts";
import type { Credentials } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { runCli } from "../program.ts";
import { readLogOrFail } from "../read-log.ts";

const specs = loadSpecs(builtInSpecs());

const keys = credentials["tencent"] as Credentials;

/** Sends a signed call, with a header that is sent by some clients and named by no page; resolves to the response body. */
function sendCall(url: URL, id: string, suffixOfKey = ""): Promise<string> {
  const action = specs.actions.get(id);
  if (!action) throw new Error(`no action ${id}`);
  const call = { action, binding: "tc3-post", members: {} };
  const signing = {
    credentials: { ...keys, key: keys.key + suffixOfKey },
    host: url.host,
    now: Date.now(),
    nonce: () => 7,
  };
  const protocol = protocolOf(call.binding);
  const { method, path, headers, body } = protocol.sign(protocol.encode(call, signing), call, signing);
  return new Promise((resolve, reject) => {
    const options = {
      host: url.hostname,
      port: url.port,
      method,
      path,
      headers: [...headers.flat(), "X-TC-TraceId", "6b1e"],
    };
    const outgoing = request({ ...options, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const bursts: [string, NodeJS.Signals, string[]][] = [
  [
    "the peak rate of each action that was called, the number of throttled calls and the leniencies",
    "SIGINT",
    ["GetGroupList", "GetGroupList"],
  ],
  ["only the number of throttled calls if there was no call", "SIGTERM", []],
];

/** Starts the command; `output` grows until `stopped` resolves to the exit code. */
async function startEmulator(...args: string[]) {
  const child = spawn(process.execPath, [cliFile, "emulator", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<URL>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with exit code ${code} before it listened`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const address = /^listening on (\S+)\n/.exec(output)?.[1];
      if (address !== undefined) resolve(new URL(address));
    });
  });
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return { exit: await ended, output };
  };
  return { url, stop };
}

test.each(bursts)("when stopped it prints %s", async (_, signal, names) => {
  const { url, stop } = await startEmulator("--pace");
  for (const name of names) expect(await sendCall(url, `tencent/iai/${name}`)).toContain("GroupInfos");
  const { exit, output } = await stop(signal);
  expect(exit).toBe(0);
  // Whether both calls fall into one second depends on the machine.
  const lines = names.length > 0 ? "tencent/iai/GetGroupList: peak of [12] calls per second, rate limit 50\n" : "";
  const leniency = names.length > 0 ? "leniency trace-id: 2 requests\\. The Node .*\n" : "";
  expect(output).toMatch(new RegExp(`^listening on \\S+\n${lines}throttled calls: 0\n${leniency}$`));
});

test("--journal judges the requests, also those that --answer refuses, and ends with the exit code of the verdicts", async () => {
  const out = mkdtempSync(join(tmpdir(), "assay-journal-"));
  onTestFinished(() => rmSync(out, { recursive: true }));
  const journal = join(out, "run.ndjson");
  const known = join(out, "known.yaml");
  const id = "tencent/iai/GetGroupList/received/signature@tc3-post";
  const session = async (...args: string[]) => {
    const { url, stop } = await startEmulator("--journal", journal, ...args);
    const bodies = [
      await sendCall(url, "tencent/iai/GetGroupList"),
      await sendCall(url, "tencent/iai/GetGroupList", "x"),
    ];
    const { exit, output } = await stop("SIGTERM");
    return { codes: bodies.map((body) => /"Code":"([^"]*)"/.exec(body)?.[1]), exit, output };
  };
  const first = await session("--answer", "tencent/iai/GetGroupList=InternalError");
  expect(first.codes).toEqual(["InternalError", "AuthFailure.SignatureFailure"]);
  expect(first.exit).toBe(1);
  expect(first.output).toContain("3 planned: 2 passed, 1 failed");
  const [failed] = [...readLogOrFail(journal).verdicts()].filter(({ status }) => status === "failed");
  expect(failed).toMatchObject({ id, reason: "1 of 2 requests", findings: [{ check: "signature" }] });
  expect(readdirSync(out)).toEqual(expect.arrayContaining(["junit.xml", "report.html", "report.json", "summary.md"]));
  const entry = { case: id, check: "signature", location: "signature", actual: "string", reason: "a test" };
  writeFileSync(known, JSON.stringify({ known: [entry] }));
  const covered = await session("--known", known);
  expect(covered.exit, covered.output).toBe(0);
  const { stop } = await startEmulator("--journal", journal);
  expect((await stop("SIGTERM")).exit).toBe(3);
});

test.each([
  ["99999", /^error: option '--port <n>' argument '99999' is invalid\. expected a port, an integer from 0 to 65535\./],
  ["IN USE", /^--port \d+: the port is already in use; --port 0 takes a free port\n$/],
])("--port %s: exit code 2 and the reason", async (port, message) => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const portInUse = String((server.address() as AddressInfo).port);
  let err = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const code = await runCli(["emulator", "--port", port === "IN USE" ? portInUse : port]);
  spy.mockRestore();
  expect([code, err]).toEqual([2, expect.stringMatching(message)]);
});
