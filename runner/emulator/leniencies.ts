/** The complete list of what the emulator accepts from real clients although no document allows it. `strict` switches all of it off. */
import type { ClientLeniency } from "../model/index.ts";

export const leniencies = [
  {
    id: "host-without-port",
    description: "The Node client signs the host name without its port and sends it with the port.",
  },
  {
    id: "scope-of-address",
    description:
      "The Node client uses the first label of the address (127, localhost) as the service of the credential scope.",
  },
  {
    id: "request-client",
    description: "Every client sends its own name in the parameter RequestClient, or in the header X-TC-RequestClient.",
  },
  {
    id: "trace-id",
    description: "The Node and Python clients send a header X-TC-TraceId.",
  },
  {
    id: "region-null",
    description: "The international Node client without a region sends the text null as the region.",
  },
] as const;

export type LeniencyId = (typeof leniencies)[number]["id"];

/** Every leniency, or none where `strict`. */
export const activeLeniencies = (strict: boolean): ReadonlySet<LeniencyId> =>
  new Set(strict ? [] : leniencies.map((leniency) => leniency.id));

/** The leniencies that the signature check applies. */
export const verifierLeniency = (active: ReadonlySet<LeniencyId>): ClientLeniency => ({
  hostWithoutPort: active.has("host-without-port"),
  scopeOfAddress: active.has("scope-of-address"),
});
