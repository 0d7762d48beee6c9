/** Runs a program in a process of its own → exit code, wall and CPU time, and peak resident memory. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export interface ProcessUsage {
  /** Exit code; null if a signal ended the process. */
  readonly exit: number | null;
  readonly wallSeconds: number;
  /** User and system time of all threads, from the start of the process to its exit. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
  /** What the process wrote to standard error. */
  readonly errorText: string;
}

interface ProcessOptions {
  /** Options of Node. */
  readonly nodeOptions?: readonly string[];
  /** Descriptor of an open file for standard output. */
  readonly out?: number;
  readonly cwd?: string;
}

/**
 * Imported into the process: writes its usage to descriptor 3 when it exits.
 * On Linux `maxRSS` is at least the memory of the process that spawned it, because it survives `exec`; VmHWM does not.
 */
const usageAtExit = `data:text/javascript,${encodeURIComponent(`
import { existsSync, readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const status = "/proc/self/status";
if (isMainThread) process.on("exit", () => {
  const peakKib = existsSync(status) ? Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync(status, "utf8"))?.[1]) : process.resourceUsage().maxRSS;
  const { user, system } = process.cpuUsage();
  writeSync(3, JSON.stringify({ peakBytes: peakKib * 1024, cpuSeconds: (user + system) / 1e6 }));
});`)}`;

/** `command`: the script and its arguments. @throws if a signal ends the process before it reports its usage. */
export async function measureProcess(
  command: readonly string[],
  { nodeOptions = [], out, cwd }: ProcessOptions = {},
): Promise<ProcessUsage> {
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, "--import", usageAtExit, ...command], {
    stdio: ["ignore", out ?? "ignore", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [errorText, usage, exit] = await Promise.all([
    text(child.stderr as NodeJS.ReadableStream),
    text(child.stdio[3] as NodeJS.ReadableStream),
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    }),
  ]);
  const wallSeconds = (performance.now() - start) / 1000;
  if (usage === "") throw new Error(`${command.join(" ")}: ended without reporting its usage\n${errorText}`);
  const { peakBytes, cpuSeconds } = JSON.parse(usage) as Pick<ProcessUsage, "peakBytes" | "cpuSeconds">;
  return { exit, wallSeconds, cpuSeconds, peakBytes, errorText };
}
