/** Runs cases against an independent server of this process, without sockets. */
import { accounts, credentials, providedResources, regions } from "../../../runner/emulator/test-credentials.ts";
import type { Credentials } from "../../../runner/model/index.ts";
import type { Transport } from "../../../runner/transport/transport.ts";
import { type RunCasesOptions, type RunCasesResult, runCases } from "../detection/run-cases.ts";
import type { ServerHooks } from "./hooks.ts";
import { createIndependentServer, type IndependentServer } from "./server.ts";
import { countResources, type ServerConfiguration } from "./server-state.ts";

/** The public test keys and resources that `--endpoint` expects of a server. */
const configuration: ServerConfiguration = {
  keys: {
    tencent: credentials["tencent"] as Credentials,
    im: credentials["tencent/im"] as Credentials,
    aws: credentials["aws"] as Credentials,
  },
  accounts,
  region: regions["aws"] as string,
  provided: {
    zone: providedResources.zone,
    synchronizedGroup: providedResources["synchronized-group"],
    broadcastGroup: providedResources["broadcast-group"],
  },
};

interface StartedServer extends IndependentServer {
  /** Milliseconds; a run without sockets replaces it by its own. */
  readonly clock: { now: () => number };
}

export function startIndependentServer(changes: Partial<ServerHooks> = {}): StartedServer {
  const clock = { now: Date.now };
  return { ...createIndependentServer(configuration, () => clock.now(), changes), clock };
}

const directTransport = (server: IndependentServer): Transport => ({
  send: async (_origin, request) => {
    // Other calls may be sent before the response, as over a connection.
    await new Promise(setImmediate);
    const { status, headers, body } = await server.respond(request);
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    return { status, headers: lowerCase, body: Buffer.from(body) };
  },
  close: async () => undefined,
});

export interface IndependentRunResult extends RunCasesResult {
  /** Number of resources of the server at the end minus their number at its start. */
  readonly remainingResources: number;
}

/** Without an endpoint no socket is used, and waiting takes no time. */
export async function runAgainst(server: StartedServer, options: RunCasesOptions): Promise<IndependentRunResult> {
  const before = countResources(server.state);
  const withoutSockets: Partial<RunCasesOptions> = {
    fakeClock: true,
    wrapTransport: (_transport, now) => {
      server.clock.now = now;
      return directTransport(server);
    },
  };
  const result = await runCases({ ...options, ...(options.endpoint === undefined ? withoutSockets : {}) });
  return { ...result, remainingResources: countResources(server.state) - before };
}
