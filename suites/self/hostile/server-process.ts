/** A process of its own for hostile servers: told a row by its name, it serves it and tells the address. */
import { startEmulatorServer } from "../../../runner/emulator/server.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { expectPassed, type HostileBehaviour } from "./behaviour.ts";
import { hostileRows, isActive, nameOf } from "./index.ts";
import { type HostileProxy, startHostileProxy } from "./proxy.ts";
import { verbatim } from "./raw-response.ts";
import { startServer } from "./server.ts";

/** The host is told a name, or to end what it serves. */
export type HostMessage = { readonly serve: string } | { readonly end: true };

export type HostReply =
  | { readonly url: string }
  /** How often the behaviour showed, and how many came elsewhere. */
  | { readonly shown: number; readonly elsewhere: number };

/** Nobody is hostile. */
export const noServer = "nobody";
const healthy: HostileBehaviour = {
  id: noServer,
  comes: expectPassed,
  tell: ({ socket, answer }) => void socket.write(verbatim(answer)),
};

const specs = loadSpecs(builtInSpecs());
let strays = 0;
const elsewhere = await startServer((_request, response) => {
  strays++;
  response.end();
});
let ended: (() => Promise<HostileProxy>) | undefined;

async function serve(name: string): Promise<HostReply> {
  const row = hostileRows.find((r) => nameOf(r) === name) ?? { behaviour: healthy, when: "always" as const };
  const emulator = await startEmulatorServer({ specs });
  const { behaviour, when } = row;
  const at = { emulator: emulator.url, behaviour, shows: isActive[when], elsewhere: elsewhere.url };
  const serving = await startHostileProxy(at);
  strays = 0;
  ended = async () => {
    await serving.close();
    await emulator.close();
    return serving;
  };
  return { url: serving.url };
}

async function end(): Promise<HostReply> {
  const serving = await ended?.();
  return { shown: serving?.shown() ?? 0, elsewhere: strays };
}

process.on("message", (told: HostMessage) => {
  void ("serve" in told ? serve(told.serve) : end()).then((tells) => process.send?.(tells));
});
process.on("disconnect", () => process.exit());
