/** A server's script and arguments → its address, while it runs in another process. */
import { spawn } from "node:child_process";

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Waits for the line `listening on URL`. @throws where the process ends before it listens. */
export function startServerProcess(script: string, args: readonly string[] = []): Promise<Served> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${script} ended with exit code ${code} before it listened`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const url = /listening on (\S+)\n/.exec(said)?.[1];
      if (url !== undefined) resolve({ url, stop });
    });
  });
}
