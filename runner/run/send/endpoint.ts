/** An action → the part of the target that serves it. */

import type { Action, ServiceTarget, Target } from "../../model/index.ts";
import { DEFAULT_RATE_PER_SECOND } from "../../spec/default-rate.ts";

export function serviceTargetOf(target: Target, action: string): ServiceTarget | undefined {
  let best: { prefix: string; service: ServiceTarget } | undefined;
  for (const [prefix, service] of target.services) {
    const fits = prefix === "" || action === prefix || action.startsWith(`${prefix}/`);
    if (fits && (best === undefined || prefix.length > best.prefix.length)) best = { prefix, service };
  }
  return best?.service;
}

/** A host of this machine. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

/** Calls of the action in a second; undefined where nothing limits them. */
export function callsPerSecond({ rateLimit }: Pick<ServiceTarget, "rateLimit">, action: Action): number | undefined {
  if (rateLimit === "none") return undefined;
  return rateLimit === "documented" ? (action.rateLimit ?? DEFAULT_RATE_PER_SECOND) : rateLimit;
}

export interface Origin {
  readonly origin: string;
  /** What stands before every path. */
  readonly prefix: string;
}

const origins = new Map<string, Origin>();

/** Asked for every call, and worked out once. */
export function parseEndpoint(endpoint: string): Origin {
  let found = origins.get(endpoint);
  if (!found) {
    const url = new URL(endpoint);
    found = { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
    origins.set(endpoint, found);
  }
  return found;
}
