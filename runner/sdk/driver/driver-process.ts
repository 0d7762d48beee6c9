/** A command → a running driver: its standard input and output, and how it ended. */
import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** A started driver: a process, or in tests a function with a pair of streams. */
export interface StartedDriver {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves when it has ended to how it ended, e.g. `exit code 1: TypeError: …`. */
  readonly ended: Promise<string>;
  /** Ends it with its children. */
  kill(): void;
}

/** What a driver has to know, by name of the environment variable. */
export interface DriverEnvironment {
  /** Address of the server, e.g. `http://127.0.0.1:8089`. */
  readonly ASSAY_ENDPOINT: string;
  /** File with the certificate of the server's authority; empty where the address is not https. */
  readonly ASSAY_CA: string;
  /** The key with which every service is called: SecretId, access key id or identifier. */
  readonly ASSAY_ID: string;
  readonly ASSAY_KEY: string;
  /** Tencent IM: the sdkappid. */
  readonly ASSAY_APP: string;
}

/** Of standard error, for the message about a driver that ended. In UTF-16 units. */
const MAX_STDERR_LENGTH = 2000;

/** Proxies of the environment would be used for loopback addresses by some SDKs. */
const PROXY_NAMES = ["http_proxy", "https_proxy", "all_proxy"];

/** Starts the command with a shell, in a process group of its own, so that `kill` also ends its children. */
export function startDriverProcess(command: string, environment: DriverEnvironment): StartedDriver {
  const inherited = Object.entries(process.env).filter(([name]) => !PROXY_NAMES.includes(name.toLowerCase()));
  const isWindows = process.platform === "win32";
  const child = spawn(command, {
    shell: true,
    detached: !isWindows,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-MAX_STDERR_LENGTH);
  });
  // A driver that has ended does not read; `ended` reports it.
  child.stdin.on("error", () => undefined);
  const kill = () => {
    try {
      if (isWindows || child.pid === undefined) child.kill("SIGKILL");
      else process.kill(-child.pid, "SIGKILL");
    } catch {
      // The group has ended already.
    }
  };
  // Without this an assay that is ended by a second interrupt would leave the driver running.
  process.once("exit", kill);
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      process.off("exit", kill);
      const lines = stderr.split("\n").filter((line) => line.trim() !== "");
      const message = lines.find((line) => /^\s*[\w.]*(?:Error|Exception)\b/.test(line)) ?? lines.at(-1);
      resolve(message === undefined ? how : `${how}: ${message.trim().slice(0, 300)}`);
    };
    child.on("error", (error) => end(error.message));
    child.on("close", (code, signal) => {
      // Children of the driver may run on.
      kill();
      end(code === null ? `signal ${signal}` : `exit code ${code}`);
    });
  });
  return { input: child.stdin, output: child.stdout, ended, kill };
}
