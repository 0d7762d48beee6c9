/** The process of a run, as its ledger records it → whether it still runs. */
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface RunProcess {
  readonly pid?: number;
  /** Host name of the machine. */
  readonly machine?: string;
  /** On Linux the boot and the process namespace: a process id is valid only within both. Missing on other systems. */
  readonly pidScope?: string;
  /** When the process started, which no later process with its id has. Missing where the system does not show it. */
  readonly processStart?: string;
}

/** The values of this process. */
export const thisProcess = (): RunProcess => ({
  pid: process.pid,
  machine: hostname(),
  ...currentPidScope(),
  ...startProperty(statusOf(process.pid)),
});

/** `unknown`: the process ran on another machine, or in another container of this one. */
export function lifeOf({ pid, machine, pidScope, processStart }: RunProcess): "running" | "ended" | "unknown" {
  if (pid === undefined) return "ended";
  if (machine !== hostname() || (pidScope !== undefined && pidScope !== currentPidScope().pidScope)) return "unknown";
  // A run of this process has ended, or its caller sweeps while it runs.
  if (pid === process.pid) return "ended";
  if (!hasProcess(pid)) return "ended";
  const status = statusOf(pid);
  if (status === undefined) return "running";
  const isSame = processStart === undefined || processStart === status.start;
  return isSame && !status.isZombie ? "running" : "ended";
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

interface ProcessStatus {
  readonly start: string;
  /** It has ended, but its parent has not asked for its exit code: usual in containers without an init process. */
  readonly isZombie: boolean;
}

const startProperty = (status: ProcessStatus | undefined) => (status ? { processStart: status.start } : {});

function currentPidScope(): { pidScope?: string } {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return { pidScope: `${boot} ${readlinkSync("/proc/self/ns/pid")}` };
  } catch {
    return {};
  }
}

/** Undefined where the system does not show it. */
function statusOf(pid: number): ProcessStatus | undefined {
  try {
    return process.platform === "linux" ? linuxStatus(pid) : psStatus(pid);
  } catch {
    return undefined;
  }
}

const linuxStatus = (pid: number): ProcessStatus => parseLinuxStatus(readFileSync(`/proc/${pid}/stat`, "utf8"));

/** The second value of the file is the name of the program in parentheses, which may contain anything; 20 values follow up to the start. */
export function parseLinuxStatus(text: string): ProcessStatus {
  const values = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { start: values[19] ?? "", isZombie: /^[ZX]/.test(values[0] ?? "") };
}

function runPs(args: readonly string[]): string {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  return execFileSync("ps", args, { encoding: "utf8", env, stdio: "pipe" });
}

/**
 * macOS and the BSDs. Windows has no `ps`. Each column has its own `-o`, since on the BSDs all text behind the first equals
 * sign of one, with its commas, is a header. @throws where `ps` does.
 */
export function psStatus(pid: number, ps: (args: readonly string[]) => string = runPs): ProcessStatus {
  const text = ps(["-o", "state=", "-o", "lstart=", "-p", String(pid)]).trim();
  const [, state = "", start = ""] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
  return { start, isZombie: state.startsWith("Z") };
}
