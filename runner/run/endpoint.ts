/** An action → the part of the target that serves it. */
import type { ServiceTarget, Target } from "../model.ts";

export function endpointOf(target: Target, action: string): ServiceTarget | undefined {
  let best: { prefix: string; service: ServiceTarget } | undefined;
  for (const [prefix, service] of target.services) {
    const fits = prefix === "" || action === prefix || action.startsWith(`${prefix}/`);
    if (fits && (best === undefined || prefix.length > best.prefix.length)) best = { prefix, service };
  }
  return best?.service;
}
