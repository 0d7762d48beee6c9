/** The reference emulator on loopback. */
import { startEmulatorServer } from "../emulator/server.ts";
import type { EmulatorServer, ServerOptions } from "../emulator/server-types.ts";
import { readSpecs } from "./specs.ts";

/**
 * Starts the reference emulator, on loopback and a free port unless `options` name others; by default with the built-in specs.
 * Its state begins empty. It listens until `close`.
 *
 * @param options all of them are optional.
 * @throws Error where a fault or a variant is unknown, or the port is taken.
 */
export const startEmulator = (options: Partial<ServerOptions> = {}): Promise<EmulatorServer> =>
  startEmulatorServer({ specs: options.specs ?? readSpecs(), ...options });
