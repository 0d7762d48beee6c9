/** The emulator in a process of its own; for each line on standard input it tells what it holds, as JSON. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../harness.ts";

export interface Elsewhere {
  readonly url: string;
  /** How many things of each kind the services hold: `tencent/iai groups` and so on. */
  held(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** Starts it from another process. */
export async function emulatorElsewhere(): Promise<Elsewhere> {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url), "serve"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("the emulator has no pipes");
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the emulator is gone");
    return value;
  };
  const url = await next();
  return {
    url,
    async held() {
      stdin.write("held\n");
      return JSON.parse(await next()) as Record<string, number>;
    },
    close: () =>
      new Promise((resolve) => {
        child.once("close", () => resolve());
        stdin.end();
      }),
  };
}

async function serve(): Promise<void> {
  const emulator = await startEmulator();
  process.stdout.write(`${emulator.url}\n`);
  const flat = () =>
    Object.fromEntries(
      Object.entries(emulator.state()).flatMap(([service, kinds]) =>
        Object.entries(kinds).map(([kind, n]) => [`${service} ${kind}`, n]),
      ),
    );
  for await (const _ of createInterface({ input: process.stdin })) process.stdout.write(`${JSON.stringify(flat())}\n`);
  await emulator.close();
}

if (process.argv[2] === "serve") await serve();
