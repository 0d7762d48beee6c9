/** The one list of what the emulator forgives real clients although no document allows it; `strict` switches all of it off. */
import type { ClientLeniency } from "../model/index.ts";

export const leniencies = [
  {
    id: "host-without-port",
    says: "The Node client signs the host name alone and sends it with its port.",
  },
  {
    id: "scope-of-address",
    says: "The Node client takes the first label of the address (127, localhost) for the service of the credential scope.",
  },
  {
    id: "request-client",
    says: "Every client names itself in RequestClient, or in the header X-TC-RequestClient.",
  },
  {
    id: "trace-id",
    says: "The Node and Python clients send a header X-TC-TraceId.",
  },
  {
    id: "region-null",
    says: "The international Node client without a region sends the text null for it.",
  },
] as const;

export type LeniencyId = (typeof leniencies)[number]["id"];

/** What is forgiven: everything, or nothing at all. */
export const activeLeniencies = (strict: boolean): ReadonlySet<LeniencyId> =>
  new Set(strict ? [] : leniencies.map((t) => t.id));

/** The part of it that a signature check needs to know. */
export const verifierLeniency = (forgives: ReadonlySet<LeniencyId>): ClientLeniency => ({
  hostWithoutPort: forgives.has("host-without-port"),
  scopeOfAddress: forgives.has("scope-of-address"),
});
