/** Whether the process of a run still runs: also after its id went to another process, and as a zombie. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { lifeOf, parsePsLine, thisProcess } from "./run-process.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** The text that the script prints first. */
async function startShell(script: string): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn("sh", ["-c", script], { stdio: ["ignore", "pipe", "ignore"] });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  return { child, line: String(line).trim() };
}

const { pid: _, ...here } = thisProcess();

const hasPs = spawnSync("ps", ["-o", "lstart=", "-p", String(process.pid)]).status === 0;

test("a process runs, and has ended once its parent knows", async () => {
  const { child, line } = await startShell("echo $$; exec sleep 600");
  const { processStart: _start, ...withoutStart } = here;
  const recorded = { ...withoutStart, pid: Number(line) };
  expect(lifeOf(recorded)).toBe("running");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(lifeOf(recorded)).toBe("ended");
});

test("an id that went to another process: the run has ended", async () => {
  const { line } = await startShell("echo $$; exec sleep 600");
  // The start of another process than the one with this id.
  expect(here.processStart).toMatch(/./);
  expect(lifeOf({ ...here, pid: Number(line) })).toBe("ended");
});

test.runIf(process.platform === "linux")("a zombie: the run has ended", async () => {
  // The shell becomes `sleep`, which never asks for the exit code of its child.
  const { line } = await startShell("sh -c 'echo $$' & exec sleep 600");
  const state = () => readFileSync(`/proc/${line}/stat`, "utf8").split(" ")[2];
  while (state() !== "Z") await sleep(5);
  process.kill(Number(line), 0);
  expect(lifeOf({ machine: here.machine as string, pid: Number(line) })).toBe("ended");
});

test("a process of another machine or another container cannot be judged; a ledger without a process is one that ended", () => {
  expect(lifeOf({ ...here, pid: 1, machine: "elsewhere" })).toBe("unknown");
  expect(lifeOf({ ...here, pid: 1, pidScope: "another" })).toBe("unknown");
  expect(lifeOf({})).toBe("ended");
});

test("macOS: state and start of a process are read from ps", () => {
  const start = "Tue Dec  1 02:15:31 2026";
  expect(parsePsLine(`Ss   ${start}\n`)).toEqual({ start, isZombie: false });
  expect(parsePsLine(`Z    ${start}    \n`)).toEqual({ start, isZombie: true });
});

// Linux has the same command in most installations.
test.runIf(hasPs)("the line that ps of this machine prints can be read", () => {
  const line = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(process.pid)], {
    encoding: "utf8",
    env: { LC_ALL: "C", PATH: process.env["PATH"] },
  });
  expect(parsePsLine(line)).toEqual({
    start: expect.stringMatching(/^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/),
    isZombie: false,
  });
});
