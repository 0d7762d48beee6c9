/** Names of rows on standard input, one per line → a run against each, in this process; one line of JSON (`RowResult`) each. The servers run in another process. */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { knownList } from "../../../runner/check/known-failures.ts";
import { renderFiles } from "../../../runner/cli/output/render.ts";
import { selectCases } from "../../../runner/cli/select-cases.ts";
import { emulatorTarget } from "../../../runner/cli/target/find-target.ts";
import { readRecording } from "../../../runner/log/reader.ts";
import { fileLog } from "../../../runner/log/writer.ts";
import type { Case, Counts, Target } from "../../../runner/model/index.ts";
import { openLedgerFile } from "../../../runner/resources/ledger-file.ts";
import { executeRun } from "../../../runner/run/run.ts";
import { runId } from "../../../runner/run/run-id.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { createUndiciTransport } from "../../../runner/transport/undici-transport.ts";
import { processFile } from "../fixtures/built-files.ts";
import { type CaseGlobs, casesOfRow, hostileRows, rowName } from "./index.ts";
import type { HostMessage, HostReply } from "./server-process.ts";

export interface RowResult {
  readonly behaviour: string;
  readonly planned: number;
  readonly counts: Counts;
  readonly exit: number;
  /** Duration of the run in milliseconds. */
  readonly ms: number;
  /** Peak resident memory of this process during the run, in bytes. */
  readonly peakRss: number;
  /** How often the behaviour was active. */
  readonly activeCount: number;
  /** Requests that followed a redirect. */
  readonly followedRedirects: number;
  /** Uncaught exceptions, unhandled rejections, and changes of Object.prototype. */
  readonly uncaughtErrors: readonly string[];
  /** Folder of the log and the reports. */
  readonly out: string;
}

// The same option as the command line sets.
setFlagsFromString("--heap-growing-percent=40");

let uncaughtErrors: string[] = [];
process.on("unhandledRejection", (reason) => void uncaughtErrors.push(`unhandled rejection: ${String(reason)}`));
process.on("uncaughtException", (error) => void uncaughtErrors.push(`uncaught exception: ${error.stack}`));

const specs = loadSpecs(builtInSpecs());
const casesBySelection = new Map<CaseGlobs, readonly Case[]>();

function planned(globs: CaseGlobs): readonly Case[] {
  const cases = casesBySelection.get(globs) ?? [
    ...selectCases(specs, { depth: "quick", select: [...globs.quick] }),
    ...selectCases(specs, { depth: "standard", select: [...globs.standard] }),
  ];
  casesBySelection.set(globs, cases);
  return cases;
}

/** Total timeout for behaviours that only a timeout ends. */
const SHORT_TIMEOUT_MS = 500;

async function runOf(name: string, url: string, endsByTimeout: boolean, out: string) {
  const globs = casesOfRow(name);
  const cases = planned(globs);
  const id = runId(randomBytes(8).readBigUInt64BE());
  const started = new Date().toISOString();
  const emulator = emulatorTarget(url);
  const { timeouts } = emulator;
  const target: Target = endsByTimeout ? { ...emulator, timeouts: { ...timeouts, total: SHORT_TIMEOUT_MS } } : emulator;
  const transport = createUndiciTransport({ maxBodyBytes: target.maxResponseBytes });
  const ledger = openLedgerFile(join(out, "resources.ndjson"), { run: id, target: target.name, started });
  const logFile = join(out, "run.ndjson");
  const log = fileLog(logFile);
  try {
    const footer = await executeRun({
      cases,
      services: new Set(cases.map((c) => c.action.service)),
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
        select: [...globs.quick],
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
      // Shortens backoff and other waits.
      sleep: async (ms) => void (await sleep(Math.min(ms, 5))),
      interrupted: () => false,
    });
    log.close();
    renderFiles(readRecording(logFile), out);
    return footer;
  } finally {
    ledger.close();
    await transport.close();
  }
}

/** Sends a message to the server process → its reply. */
const askHost = async (host: ChildProcess, message: HostMessage): Promise<HostReply> => {
  host.send(message);
  return (await once(host, "message"))[0] as HostReply;
};

/** Resets the peak memory on Linux; on other systems it is that of all runs so far. */
function resetPeakMemory(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // The file does not exist or is not writable.
  }
}

function peakMemoryBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // The file does not exist.
  }
  return process.resourceUsage().maxRSS * 1024;
}

const host = fork(processFile("suites/self/hostile/server-process.ts"));
host.once("exit", (code) => {
  if (code === 0) return;
  process.stderr.write(`the server process ended with exit code ${code}\n`);
  process.exit(1);
});
const rowsEndedByTimeout = new Set(hostileRows.filter((row) => row.behaviour.endsByTimeout).map(rowName));
for await (const name of createInterface(process.stdin)) {
  const served = await askHost(host, { serve: name });
  if (!("url" in served)) throw new Error(`${name}: the server process sent no URL`);
  const out = mkdtempSync(join(tmpdir(), "assay-hostile-"));
  uncaughtErrors = [];
  resetPeakMemory();
  const start = performance.now();
  const { planned, counts, exit } = await runOf(name, served.url, rowsEndedByTimeout.has(name), out);
  const ms = Math.round(performance.now() - start);
  const peakRss = peakMemoryBytes();
  // Lets promises that are not awaited reject before the errors are counted.
  await sleep(0);
  if (Object.keys(Object.prototype).length > 0 || "polluted" in {}) uncaughtErrors.push("Object.prototype was changed");
  const reply = await askHost(host, { end: true });
  if ("url" in reply) throw new Error(`${name}: the server process did not stop the server`);
  const result: RowResult = { behaviour: name, planned, counts, exit, ms, peakRss, ...reply, uncaughtErrors, out };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
host.disconnect();
