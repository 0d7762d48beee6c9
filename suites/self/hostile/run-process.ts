/** Rows by name, a line each → a run against each, in this one process; a line of JSON for each. The servers are in another. */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { knownList } from "../../../runner/check/known-failures.ts";
import { renderAll } from "../../../runner/cli/output/render.ts";
import { selectCases } from "../../../runner/cli/select-cases.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import { fileLog } from "../../../runner/log/writer.ts";
import type { Counts, Target } from "../../../runner/model/index.ts";
import { openLedgerFile } from "../../../runner/resources/ledger-file.ts";
import { executeRun } from "../../../runner/run/run.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { createUndiciTransport } from "../../../runner/transport/undici-transport.ts";
import { activeWindows, hostileRows, nameOf, select } from "./index.ts";
import type { HostMessage, HostReply } from "./server-process.ts";

export interface Line {
  readonly behaviour: string;
  readonly planned: number;
  readonly counts: Counts;
  readonly exit: number;
  readonly ms: number;
  /** In bytes, of this process and this run. */
  readonly peakRss: number;
  readonly shown: number;
  /** Requests that followed a redirect. */
  readonly elsewhere: number;
  /** What nobody caught, and what came to stand on Object.prototype. */
  readonly strays: readonly string[];
  /** Where the log and the reports are. */
  readonly out: string;
}

// As the command line does it.
setFlagsFromString("--heap-growing-percent=40");

let strays: string[] = [];
process.on("unhandledRejection", (reason) => void strays.push(`unhandled rejection: ${String(reason)}`));
process.on("uncaughtException", (error) => void strays.push(`uncaught exception: ${error.stack}`));

const specs = loadSpecs(builtInSpecs());
const cases = [
  ...selectCases(specs, { depth: "quick", select: [...select] }),
  ...selectCases(specs, { depth: "standard", select: [...activeWindows] }),
];
const services = new Set(cases.map((c) => c.action.service));

/** For behaviours that only the client's patience ends. */
const short = 500;

async function runOf(name: string, url: string, waits: boolean, out: string) {
  const id = runId(randomBytes(8).readBigUInt64BE());
  const started = new Date().toISOString();
  const plain = emulatorTarget(url);
  const { timeouts } = plain;
  const target: Target = waits ? { ...plain, timeouts: { ...timeouts, total: short } } : plain;
  const transport = createUndiciTransport({ maxBodyBytes: target.maxResponseBytes });
  const ledger = openLedgerFile(join(out, "resources.ndjson"), { run: id, target: target.name, started });
  const logFile = join(out, "run.ndjson");
  const log = fileLog(logFile);
  try {
    const footer = await executeRun({
      cases,
      services,
      target,
      run: id,
      seed: 1,
      header: {
        type: "header",
        format: 2,
        assay: name,
        run: id,
        target: target.name,
        seed: 1,
        depth: "quick",
        select: [...select],
        started,
        rerun: "assay run --select {id}",
      },
      lanes: 8,
      strict: false,
      recordAll: true,
      known: knownList([], () => () => false, Date.now()),
      complete: false,
      transport,
      ledger,
      log,
      now: Date.now,
      nonce: () => randomInt(2 ** 32),
      // Waiting for a target to change its mind costs nothing here.
      sleep: async (ms) => void (await sleep(Math.min(ms, 5))),
      interrupted: () => false,
    });
    log.close();
    renderAll(logFile, out);
    return footer;
  } finally {
    ledger.close();
    await transport.close();
  }
}

/** The host's next word. */
const asked = async (host: ChildProcess, told: HostMessage): Promise<HostReply> => {
  host.send(told);
  return (await once(host, "message"))[0] as HostReply;
};

/** Linux counts the peak anew; elsewhere it is that of all runs so far. */
function forget(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // no such file, or not ours to write
  }
}

function peak(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // no such file
  }
  return process.resourceUsage().maxRSS * 1024;
}

const host = fork(fileURLToPath(new URL("server-process.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
host.once("exit", (code) => {
  if (code === 0) return;
  process.stderr.write(`the host ended with ${code}\n`);
  process.exit(1);
});
const waiting = new Set(hostileRows.filter((row) => row.behaviour.waits).map(nameOf));
for await (const name of createInterface(process.stdin)) {
  const serving = await asked(host, { serve: name });
  if (!("url" in serving)) throw new Error(`${name}: the host told no address`);
  const out = mkdtempSync(join(tmpdir(), "assay-hostile-"));
  strays = [];
  forget();
  const begun = performance.now();
  const { planned, counts, exit } = await runOf(name, serving.url, waiting.has(name), out);
  const ms = Math.round(performance.now() - begun);
  const peakRss = peak();
  // What nobody awaits may still fail.
  await sleep(0);
  if (Object.keys(Object.prototype).length > 0 || "polluted" in {}) strays.push("Object.prototype was changed");
  const told = await asked(host, { end: true });
  if ("url" in told) throw new Error(`${name}: the host did not end`);
  const line: Line = { behaviour: name, planned, counts, exit, ms, peakRss, ...told, strays, out };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
host.disconnect();
