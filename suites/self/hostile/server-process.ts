/** A process of its own for the hostile servers: it serves the row named in a message and replies with the URL. */
import { startEmulatorServer } from "../../../runner/emulator/server.ts";
import { loadSpecs } from "../../../runner/spec/load.ts";
import { builtInSpecs } from "../../../runner/spec/package-root.ts";
import { expectPassed, type HostileBehaviour } from "./behaviour.ts";
import { hostileRows, isActive, rowName } from "./index.ts";
import { type HostileProxy, startHostileProxy } from "./proxy.ts";
import { unmodified } from "./raw-response.ts";
import { startServer } from "./server.ts";

/** Message to this process: serve the row of this name, or stop serving. */
export type HostMessage = { readonly serve: string } | { readonly end: true };

export type HostReply =
  | { readonly url: string }
  /** How often the behaviour was active, and the number of requests that followed a redirect. */
  | { readonly activeCount: number; readonly followedRedirects: number };

/** Name of a row without hostile behaviour. */
const healthyRowName = "healthy";
const healthy: HostileBehaviour = {
  id: healthyRowName,
  expected: expectPassed,
  deliver: ({ socket, response }) => void socket.write(unmodified(response)),
};

const specs = loadSpecs(builtInSpecs());
let redirectedRequests = 0;
const redirectServer = await startServer((_request, response) => {
  redirectedRequests++;
  response.end();
});
let stopServing: (() => Promise<HostileProxy>) | undefined;

async function serve(name: string): Promise<HostReply> {
  const row = hostileRows.find((r) => rowName(r) === name) ?? { behaviour: healthy, activation: "always" as const };
  const emulator = await startEmulatorServer({ specs });
  const { behaviour, activation } = row;
  if (!emulator.respond) throw new Error("the emulator needs sockets");
  const proxy = await startHostileProxy({
    respond: emulator.respond,
    behaviour,
    isActive: isActive[activation],
    redirectUrl: redirectServer.url,
  });
  redirectedRequests = 0;
  stopServing = async () => {
    await proxy.close();
    await emulator.close();
    return proxy;
  };
  return { url: proxy.url };
}

async function end(): Promise<HostReply> {
  const proxy = await stopServing?.();
  return { activeCount: proxy?.activeCount() ?? 0, followedRedirects: redirectedRequests };
}

process.on("message", (message: HostMessage) => {
  void ("serve" in message ? serve(message.serve) : end()).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit());
