/** The reference emulator in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface ServerProcess {
  readonly url: string;
  /** User and system time of the process until now. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** Imported into the process: answers each message of the parent with the CPU time until now. */
const usageOnRequest = `data:text/javascript,${encodeURIComponent(`
process.on("message", () => process.send(process.cpuUsage()));
process.channel.unref();`)}`;

/** Waits for the line `listening on URL` on standard output. @throws if the process ends before it listens. */
export function startMeasuredEmulator(script: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", usageOnRequest, script, "emulator", ...args], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const cpuSeconds = async (): Promise<number> => {
    const response = once(child, "message") as Promise<[NodeJS.CpuUsage]>;
    child.send("usage");
    const [{ user, system }] = await response;
    return (user + system) / 1e6;
  };
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${script} ended with exit code ${code} before it listened`)));
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /listening on (\S+)\n/.exec(output)?.[1];
      if (url !== undefined) resolve({ url, cpuSeconds, stop });
    });
  });
}
