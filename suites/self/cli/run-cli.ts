/** The command line, run as a user runs it. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../../runner/spec/package-root.ts";

export interface CliResult {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliProcess {
  readonly done: Promise<CliResult>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once it has written that to standard error, or is done. */
  said(text: string): Promise<void>;
}

export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  const root = packageRoot();
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "runner/cli/main.ts"), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks = { out: [] as Buffer[], err: [] as Buffer[] };
  child.stdout.on("data", (c: Buffer) => chunks.out.push(c));
  child.stderr.on("data", (c: Buffer) => chunks.err.push(c));
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, out: Buffer.concat(chunks.out).toString(), err: Buffer.concat(chunks.err).toString() }),
    );
  });
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (Buffer.concat(chunks.err).toString().includes(text)) resolve();
      };
      child.stderr.on("data", look);
      child.once("close", () => resolve());
      look();
    });
  return { done, said, kill: (signal) => void child.kill(signal) };
}

export const runAssay = (...args: readonly string[]): Promise<CliResult> => startCli(args).done;
