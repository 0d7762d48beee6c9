/** `assay emulator`: what it prints when the process is stopped, and invalid ports. */
import { spawn } from "node:child_process";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { cliFile } from "../../../suites/self/fixtures/built-files.ts";
import { credentials } from "../../emulator/test-credentials.ts";
import type { Credentials } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs } from "../../spec/package-root.ts";
import { runCli } from "../program.ts";

const specs = loadSpecs(builtInSpecs());

/** Sends a signed call, with a header that is sent by some clients and named by no page; resolves to the response body. */
function sendCall(url: URL, id: string): Promise<string> {
  const action = specs.actions.get(id);
  if (!action) throw new Error(`no action ${id}`);
  const call = { action, binding: "tc3-post", members: {} };
  const signing = {
    credentials: credentials["tencent"] as Credentials,
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

test.each(bursts)("when stopped it prints %s", async (_, signal, names) => {
  const child = spawn(process.execPath, [cliFile, "emulator", "--pace"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
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
  for (const name of names) expect(await sendCall(url, `tencent/iai/${name}`)).toContain("GroupInfos");
  child.kill(signal);
  expect(await ended).toBe(0);
  // Whether both calls fall into one second depends on the machine.
  const lines = names.length > 0 ? "tencent/iai/GetGroupList: peak of [12] calls per second, rate limit 50\n" : "";
  const leniency = names.length > 0 ? "leniency trace-id: 2 requests\\. The Node .*\n" : "";
  expect(output).toMatch(new RegExp(`^listening on \\S+\n${lines}throttled calls: 0\n${leniency}$`));
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
