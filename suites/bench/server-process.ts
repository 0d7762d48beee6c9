/** Runs a server script in another process. */
import { spawn } from "node:child_process";

export interface ServerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Waits for the line `listening on URL` on standard output. @throws if the process ends before it listens. */
export function startServerProcess(script: string, args: readonly string[] = []): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${script} ended with exit code ${code} before it listened`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /listening on (\S+)\n/.exec(output)?.[1];
      if (url !== undefined) resolve({ url, stop });
    });
  });
}
