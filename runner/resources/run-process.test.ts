/** Whether the process of a run still runs: also after its id went to another process, and as a zombie. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { lifeOf, parseLinuxStatus, psStatus, thisProcess } from "./run-process.ts";

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

test("a process of another user runs", () => {
  expect(lifeOf({ machine: here.machine as string, pid: 1 })).toBe("running");
});

test("Linux: a program whose name has blanks, parentheses and the letter of another state", () => {
  const values = ["S", ...Array.from({ length: 18 }, (_, i) => String(i)), "4711", "8"].join(" ");
  expect(parseLinuxStatus(`12 (a) Z (b) ${values}\n`)).toEqual({ start: "4711", isZombie: false });
  expect(parseLinuxStatus(`12 (a) S (b) ${values.replace("S", "Z")}\n`)).toEqual({ start: "4711", isZombie: true });
});

/** Columns as macOS and the BSDs print them; on the latter all of an option behind its first equals sign is a header. */
function bsdPs(state: string, start: string) {
  const columns: Record<string, string> = { state: state.padEnd(4), lstart: start.padEnd(28) };
  return (args: readonly string[]): string => {
    const options = args.filter((_, i) => args[i - 1] === "-o").map((option) => option.split(/=(.*)/s));
    const header = options.map(([, text = ""]) => text).join(" ");
    const row = options.map(([name = ""]) => columns[name] ?? "").join(" ");
    return `${header.trim() === "" ? "" : `${header}\n`}${row}\n`;
  };
}

test("macOS and the BSDs: state and start as `ps` prints them", () => {
  const start = "Tue Dec  1 03:01:26 2026";
  expect(psStatus(12, bsdPs("Ss+", start))).toEqual({ start, isZombie: false });
  expect(psStatus(12, bsdPs("R", start))).toEqual({ start, isZombie: false });
  expect(psStatus(12, bsdPs("Z", start))).toEqual({ start, isZombie: true });
});
