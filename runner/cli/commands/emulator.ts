/** `assay emulator`: serves the reference emulator until the process is stopped. */
import type { Command } from "commander";
import { plural } from "../../../reports/text/visible-text.ts";
import { leniencies } from "../../emulator/leniencies.ts";
import { type EmulatorServer, startEmulatorServer } from "../../emulator/server.ts";
import type { Action } from "../../model/index.ts";
import { UsageError } from "../errors.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { integerOption } from "../shared-options.ts";

interface Options {
  readonly port: number;
  readonly specs?: string;
  readonly fault?: string[];
  readonly variant?: string[];
  readonly strict?: boolean;
  readonly pace?: boolean;
}

export function emulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("start the reference emulator as an HTTP server")
    .option("--port <n>", "port to listen on; 0 takes a free port", integerOption(0, "a port", 65_535), 0)
    .option("--specs <dir>", "folder of spec files to use instead of the built-in specs")
    .option("--fault <name...>", "ids of faults to switch on; `assay list faults` lists them")
    .option("--variant <name...>", "ids of variants to switch on; `assay list variants` lists them")
    .option("--strict", "also reject requests that real clients send although no document allows them")
    .option(
      "--pace",
      "reject calls beyond the documented rate limits, and print the peak rates when the emulator stops",
    )
    .action(async ({ port, specs: dir, fault = [], variant = [], strict = false, pace = false }: Options) => {
      const specs = loadValidSpecs(dir);
      const emulator = await startEmulatorServer({
        specs,
        port,
        strict,
        enforceRateLimits: pace,
        faults: fault,
        variants: variant,
      }).catch(({ code, message }: NodeJS.ErrnoException) => {
        throw new UsageError(
          code === "EADDRINUSE" ? `--port ${port}: the port is already in use; --port 0 takes a free port` : message,
        );
      });
      const stop = () => {
        if (pace) process.stdout.write(formatTraffic(emulator, specs.actions));
        process.stdout.write(formatLeniencies(emulator.leniencies()));
        void emulator.close().then(() => process.exit(0));
      };
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
      process.once("SIGHUP", stop);
      // Printed after the signal handlers are set: a reader of this line may stop the process at once.
      process.stdout.write(`listening on ${emulator.url}\n`);
    });
}

/** One line for each leniency that a request needed; none where every request was as documented. */
const formatLeniencies = (counts: Readonly<Record<string, number>>): string =>
  leniencies
    .filter(({ id }) => counts[id] !== undefined)
    .map(({ id, description }) => `leniency ${id}: ${plural(counts[id] ?? 0, "request")}. ${description}\n`)
    .join("");

/** One line for each action that was called and has a rate limit, and one with the number of throttled calls. */
function formatTraffic(emulator: EmulatorServer, actions: ReadonlyMap<string, Action>): string {
  const lines = Object.entries(emulator.peakPerSecond()).flatMap(([id, peak]) => {
    const limit = actions.get(id)?.rateLimit;
    return limit === undefined ? [] : [`${id}: peak of ${peak} calls per second, rate limit ${limit}\n`];
  });
  return `${lines.sort().join("")}throttled calls: ${emulator.throttled()}\n`;
}
