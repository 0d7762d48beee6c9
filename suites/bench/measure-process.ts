/** A command line of assay, in a process of its own → how it ended, how long it took, and its greatest resident size. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packageRoot } from "../../runner/spec/package-root.ts";

export interface Peak {
  readonly exit: number | null;
  readonly seconds: number;
  readonly bytes: number;
}

export const cli = join(packageRoot(), "runner", "cli", "main.ts");
/** Loaded into the process: it tells its greatest resident size when it ends. */
const teller = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;

/** `heap` is in megabytes, a limit; `out` is an open file for its standard output. */
export async function measureProcess(
  args: readonly string[],
  { heap, out }: { readonly heap?: number; readonly out?: number } = {},
): Promise<Peak> {
  const limit = heap === undefined ? [] : [`--max-old-space-size=${heap}`];
  const began = performance.now();
  const child = spawn(process.execPath, [...limit, "--import", "tsx", "--import", teller, cli, ...args], {
    stdio: ["ignore", out ?? "ignore", "ignore", "pipe"],
  });
  const told = text(child.stdio[3] as NodeJS.ReadableStream);
  const exit = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { exit, seconds: (performance.now() - began) / 1000, bytes: Number(await told) * 1024 };
}
