/** assay emulator --pace, served in a process of its own: what it prints when it is stopped. */
import { spawn } from "node:child_process";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { credentials } from "../../emulator/test-credentials.ts";
import type { Credentials } from "../../model/index.ts";
import { protocolOf } from "../../protocols/index.ts";
import { loadSpecs } from "../../spec/load.ts";
import { builtInSpecs, packageRoot } from "../../spec/package-root.ts";
import { runCli } from "../program.ts";

const specs = loadSpecs(builtInSpecs());

/** Sends a signed call; a body of JSON is what comes back. */
function call(url: URL, id: string): Promise<string> {
  const action = specs.actions.get(id);
  if (!action) throw new Error(`no action ${id}`);
  const made = { action, binding: "tc3-post", members: {} };
  const signing = {
    credentials: credentials["tencent"] as Credentials,
    host: url.host,
    now: Date.now(),
    nonce: () => 7,
  };
  const protocol = protocolOf(made.binding);
  const { method, path, headers, body } = protocol.sign(protocol.encode(made, signing), made, signing);
  return new Promise((resolve, reject) => {
    const options = { host: url.hostname, port: url.port, method, path, headers: headers.flat() as string[] };
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
  ["each action that was called, and what was throttled", "SIGINT", ["GetGroupList", "GetGroupList"]],
  ["nothing but that nothing was throttled, where nobody called", "SIGTERM", []],
];

test.each(bursts)("stopped, it tells %s", async (_, signal, names) => {
  const main = join(packageRoot(), "runner/cli/main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", main, "emulator", "--pace"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const url = await new Promise<URL>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`ended with exit code ${code} before it listened`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const told = /^listening on (\S+)\n/.exec(said)?.[1];
      if (told !== undefined) resolve(new URL(told));
    });
  });
  for (const name of names) expect(await call(url, `tencent/iai/${name}`)).toContain("GroupInfos");
  child.kill(signal);
  expect(await ended).toBe(0);
  // How many calls fell into one second depends on the machine.
  const lines = names.length > 0 ? "tencent/iai/GetGroupList: at most [12] in a second, 50 allowed\n" : "";
  expect(said).toMatch(new RegExp(`^listening on \\S+\n${lines}throttled: 0\n$`));
});

test.each([
  [
    "99999",
    /^error: option '--port <n>' argument '99999' is invalid\. expected a port, a whole number from 0 to 65535\./,
  ],
  ["TAKEN", /^--port \d+: something listens there already; --port 0 takes a free one\n$/],
])("--port %s: 2, and why", async (port, says) => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const taken = String((server.address() as AddressInfo).port);
  let err = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const code = await runCli(["emulator", "--port", port === "TAKEN" ? taken : port]);
  spy.mockRestore();
  expect([code, err]).toEqual([2, expect.stringMatching(says)]);
});
