/** Runs the built command line in a process of its own, as a user does. */
import { spawn } from "node:child_process";
import { packageRoot } from "../../../runner/spec/package-root.ts";
import { cliFile } from "../fixtures/built-files.ts";

export interface CliResult {
  /** Exit code; null if a signal ended the process. */
  readonly code: number | null;
  /** Text of standard output. */
  readonly out: string;
  /** Text of standard error. */
  readonly err: string;
}

export interface CliProcess {
  readonly done: Promise<CliResult>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as standard error contains the text, or the process has ended. */
  waitForStderr(text: string): Promise<void>;
}

/** `env` is added to the environment of this process. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  const child = spawn(process.execPath, [cliFile, ...args], {
    cwd: packageRoot(),
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
  const waitForStderr = (text: string) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (Buffer.concat(chunks.err).toString().includes(text)) resolve();
      };
      child.stderr.on("data", check);
      child.once("close", () => resolve());
      check();
    });
  return { done, waitForStderr, kill: (signal) => void child.kill(signal) };
}

export const runAssay = (...args: readonly string[]): Promise<CliResult> => startCli(args).done;
