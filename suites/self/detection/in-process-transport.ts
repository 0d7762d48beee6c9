/** A transport to the emulator of this process, without a socket: the fastest way to evaluate many cases. */
import type { EmulatorServer } from "../../../runner/emulator/server.ts";
import type { Transport } from "../../../runner/transport/transport.ts";

export const createInProcessTransport = (respond: NonNullable<EmulatorServer["respond"]>): Transport => ({
  send: async (_origin, request) => {
    // Other calls may be sent before the response, as over a connection.
    await new Promise(setImmediate);
    const { status, headers, body } = respond(request);
    return {
      status,
      headers: Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
      body: Buffer.from(body),
    };
  },
  close: async () => undefined,
});
