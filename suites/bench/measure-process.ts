/** Runs an assay command in a process of its own → exit code, duration and peak resident memory. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { packageRoot } from "../../runner/spec/package-root.ts";

export interface ProcessMeasurement {
  /** Exit code; null if a signal ended the process. */
  readonly exit: number | null;
  readonly seconds: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
}

export const cliScript = join(packageRoot(), "runner", "cli", "main.ts");
/** Imported into the process: writes its peak resident memory, in KiB, to descriptor 3 when it ends. */
const reportPeakScript = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))`;

/** `heap`: limit of the heap in MB. `out`: descriptor of an open file for standard output. */
export async function measureProcess(
  args: readonly string[],
  { heap, out }: { readonly heap?: number; readonly out?: number } = {},
): Promise<ProcessMeasurement> {
  const limit = heap === undefined ? [] : [`--max-old-space-size=${heap}`];
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...limit, "--import", "tsx", "--import", reportPeakScript, cliScript, ...args],
    {
      stdio: ["ignore", out ?? "ignore", "ignore", "pipe"],
    },
  );
  const peakKib = text(child.stdio[3] as NodeJS.ReadableStream);
  const exit = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { exit, seconds: (performance.now() - start) / 1000, peakBytes: Number(await peakKib) * 1024 };
}
