/** assay emulator: serves the reference emulator until it is stopped. */
import type { Command } from "commander";
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
    .description("serve the reference emulator")
    .option("--port <n>", "port; 0 takes a free one", integerOption(0, "a port", 65_535), 0)
    .option("--specs <dir>", "specs instead of the built-in ones")
    .option("--fault <name...>", "a named deviation; `assay list faults` shows them")
    .option("--variant <name...>", "a named variant; `assay list variants` shows them")
    .option("--strict", "forgive real clients nothing")
    .option("--pace", "refuse calls beyond the documented pace, and tell at the end how many came")
    .action(async ({ port, specs: dir, fault = [], variant = [], strict = false, pace = false }: Options) => {
      const specs = loadValidSpecs(dir);
      const emulator = await startEmulatorServer({ specs, port, strict, pace, faults: fault, variants: variant }).catch(
        ({ code, message }: NodeJS.ErrnoException) => {
          throw new UsageError(
            code === "EADDRINUSE"
              ? `--port ${port}: something listens there already; --port 0 takes a free one`
              : message,
          );
        },
      );
      const stop = () => {
        if (pace) process.stdout.write(traffic(emulator, specs.actions));
        void emulator.close().then(() => process.exit(0));
      };
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
      // Whoever reads this line may stop it at once.
      process.stdout.write(`listening on ${emulator.url}\n`);
    });
}

/** A line for each action that was called and has a pace, and one for all. */
function traffic(emulator: EmulatorServer, actions: ReadonlyMap<string, Action>): string {
  const lines = Object.entries(emulator.peakPerSecond()).flatMap(([id, most]) => {
    const allowed = actions.get(id)?.rateLimit;
    return allowed === undefined ? [] : [`${id}: at most ${most} in a second, ${allowed} allowed\n`];
  });
  return `${lines.sort().join("")}throttled: ${emulator.throttled()}\n`;
}
