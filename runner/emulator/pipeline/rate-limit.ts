/** Counts calls, and refuses those beyond the documented rate limit of their action where rate limits are enforced. */
import type { Action } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { countWithinSecond, trafficOf } from "../traffic.ts";

/** Runs after the signature is verified and before the parameters are read: real clouds count at this point. */
export function checkRateLimit(context: RequestContext): EmulatorRefusal | undefined {
  const { action, now, emulator } = context;
  if (!action) return undefined;
  const traffic = trafficOf(emulator.traffic, action.id);
  traffic.peak = Math.max(traffic.peak, countWithinSecond(traffic.arrivalTimes, now) + 1);
  traffic.arrivalTimes.push(now);
  if (!emulator.traffic.enforced || action.rateLimit === undefined) return undefined;
  const withinLimit = countWithinSecond(traffic.acceptedTimes, now) < action.rateLimit;
  const refusal = withinLimit ? undefined : refuse(context, throttleCode(action));
  if (refusal) traffic.throttled++;
  else traffic.acceptedTimes.push(now);
  return refusal;
}

/** A code of the gateway has priority over one of the service. */
export function throttleCode({ service }: Action): string {
  for (const { codes } of [service.envelope, { codes: service.errors }])
    for (const [code, { causes }] of codes) if (causes.includes("throttle")) return code;
  throw new Error(
    `${service.id}: no error code for calls beyond the rate limit; add \`cause: throttle\` to a code in its service.yaml or its envelope`,
  );
}
