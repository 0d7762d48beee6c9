/** assay emulator: serves the reference emulator until it is stopped. */
import type { Command } from "commander";
import { startEmulator } from "../emulator/server.ts";
import { whole } from "./options.ts";
import { specsFrom } from "./specs.ts";
import { UsageError } from "./usage.ts";

export function emulatorCommand(program: Command): void {
  program
    .command("emulator")
    .description("serve the reference emulator")
    .option("--port <n>", "port; 0 takes a free one", whole(0, "a port"), 0)
    .option("--specs <dir>", "specs instead of the built-in ones")
    .option("--fault <name...>", "a named deviation; `assay list faults` shows them")
    .option("--twin <name...>", "a named freedom; `assay list twins` shows them")
    .option("--strict", "forgive real clients nothing")
    .action(async (options: { port: number; specs?: string; fault?: string[]; twin?: string[]; strict?: boolean }) => {
      const emulator = await startEmulator({
        specs: specsFrom(options.specs),
        port: options.port,
        strict: options.strict ?? false,
        faults: options.fault ?? [],
        twins: options.twin ?? [],
      }).catch((error: Error) => {
        throw new UsageError(error.message);
      });
      process.stdout.write(`listening on ${emulator.url}\n`);
      const stop = () => void emulator.close().then(() => process.exit(0));
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
    });
}
