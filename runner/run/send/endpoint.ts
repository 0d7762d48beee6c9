/** An action -> the service of the target that serves it, its rate limit and its endpoint. */

import type { Action, ServiceTarget, Target } from "../../model/index.ts";
import { DEFAULT_RATE_PER_SECOND } from "../../spec/default-rate.ts";

/** The service whose prefix is the longest that matches the id of the action. */
export function serviceTargetOf(target: Pick<Target, "services">, action: string): ServiceTarget | undefined {
  let best: { prefix: string; service: ServiceTarget } | undefined;
  for (const [prefix, service] of target.services) {
    const matches = prefix === "" || action === prefix || action.startsWith(`${prefix}/`);
    if (matches && (best === undefined || prefix.length > best.prefix.length)) best = { prefix, service };
  }
  return best?.service;
}

/** Calls of the action per second; undefined where there is no limit. */
export function callsPerSecond({ rateLimit }: Pick<ServiceTarget, "rateLimit">, action: Action): number | undefined {
  if (rateLimit === "none") return undefined;
  return rateLimit === "documented" ? (action.rateLimit ?? DEFAULT_RATE_PER_SECOND) : rateLimit;
}

export interface Origin {
  readonly origin: string;
  /** Prefix of every path, e.g. `/api`; empty where there is none. */
  readonly prefix: string;
}

const origins = new Map<string, Origin>();

/** Called for every request, so each endpoint is parsed only once. */
export function parseEndpoint(endpoint: string): Origin {
  let parsed = origins.get(endpoint);
  if (!parsed) {
    const url = new URL(endpoint);
    parsed = { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
    origins.set(endpoint, parsed);
  }
  return parsed;
}
