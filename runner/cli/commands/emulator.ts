/** `assay emulator`: serves the reference emulator until the process is stopped. */
import type { Command } from "commander";
import { type EmulatorServer, startEmulatorServer } from "../../emulator/server.ts";
import type { Action } from "../../model/index.ts";
import { type ControlServer, startControlServer } from "../emulator/control-server.ts";
import { parseForcedCode } from "../emulator/forced-code-option.ts";
import { type JournalFile, openJournal } from "../emulator/journal-file.ts";
import { UsageError } from "../errors.ts";
import { readKnown } from "../known-failures/read.ts";
import { loadValidSpecs } from "../load-specs.ts";
import { formatLeniencies } from "../output/format-leniencies.ts";
import { integerOption } from "../shared-options.ts";

interface Options {
  readonly port: number;
  readonly specs?: string;
  readonly fault?: string[];
  readonly variant?: string[];
  readonly strict?: boolean;
  readonly pace?: boolean;
  readonly answer?: string[];
  readonly control?: number;
  readonly journal?: string;
  readonly known?: string;
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
    .option(
      "--answer <call...>",
      "ACTION=CODE[,N]: refuse the next N calls of the action, by default one, with the code",
    )
    .option(
      "--control <port>",
      "port on which a test chooses such codes, with POST /answers",
      integerOption(0, "a port", 65_535),
    )
    .option(
      "--journal <file>",
      "judge every received request; when it stops, write this log (run.ndjson) and the reports beside it",
    )
    .option("--known <file>", "known-failure list of the client, with --journal")
    .action(async (options: Options) => {
      process.exitCode = await serve(options);
    });
}

/** Serves until the process is stopped, and returns the exit code. */
async function serve(options: Options): Promise<number> {
  const { port, specs: dir, fault = [], variant = [], strict = false, pace = false, answer = [], control } = options;
  const specs = loadValidSpecs(dir);
  const forcedCodes = answer.map((text) => parseForcedCode(text, specs.actions));
  if (options.known !== undefined && options.journal === undefined)
    throw new UsageError("--known is the list of the client's known failures and needs --journal");
  const known = options.known === undefined ? [] : readKnown(options.known);
  let journal: JournalFile | undefined;
  const emulator = await startEmulatorServer({
    specs,
    port,
    strict,
    enforceRateLimits: pace,
    faults: fault,
    variants: variant,
    forcedCodes,
    onRequest: (request, response, oversize) => journal?.record(request, response, oversize),
  }).catch(explainPort("--port", port));
  let controlServer: ControlServer | undefined;
  try {
    if (control !== undefined)
      controlServer = await startControlServer(control, emulator.forcedCodes, specs.actions).catch(
        explainPort("--control", control),
      );
    if (options.journal !== undefined)
      journal = openJournal({ path: options.journal, specs, endpoint: emulator.url, known });
    const stopped = untilStopped();
    if (controlServer) process.stdout.write(`control on ${controlServer.url}\n`);
    // Printed after the signal handlers are set: a reader of this line may stop the process at once.
    process.stdout.write(`listening on ${emulator.url}\n`);
    await stopped;
    if (pace) process.stdout.write(formatTraffic(emulator, specs.actions));
    process.stdout.write(formatLeniencies(emulator.leniencies()));
  } finally {
    controlServer?.close();
    await emulator.close();
  }
  return journal?.finish() ?? 0;
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });

const explainPort =
  (option: string, port: number) =>
  ({ code, message }: NodeJS.ErrnoException): never => {
    throw new UsageError(
      code === "EADDRINUSE" ? `${option} ${port}: the port is already in use; ${option} 0 takes a free port` : message,
    );
  };

/** One line for each action that was called and has a rate limit, and one with the number of throttled calls. */
function formatTraffic(emulator: EmulatorServer, actions: ReadonlyMap<string, Action>): string {
  const lines = Object.entries(emulator.peakPerSecond()).flatMap(([id, peak]) => {
    const limit = actions.get(id)?.rateLimit;
    return limit === undefined ? [] : [`${id}: peak of ${peak} calls per second, rate limit ${limit}\n`];
  });
  return `${lines.sort().join("")}throttled calls: ${emulator.throttled()}\n`;
}
