/** A call beyond the documented rate limit of its action is refused, where the emulator is to throttle. */
import type { Action } from "../../model/index.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { countWithinSecond, trafficOf } from "../traffic.ts";

/** The signature has been verified by now and the parameters are not read yet: real clouds count at this point. */
export function checkRateLimit(context: RequestContext): EmulatorRefusal | undefined {
  const { action, now, emulator } = context;
  if (!action) return undefined;
  const flow = trafficOf(emulator.traffic, action.id);
  flow.peak = Math.max(flow.peak, countWithinSecond(flow.arrivalTimes, now) + 1);
  flow.arrivalTimes.push(now);
  if (!emulator.traffic.enforced || action.rateLimit === undefined) return undefined;
  const withinLimit = countWithinSecond(flow.acceptedTimes, now) < action.rateLimit;
  const refused = withinLimit ? undefined : refuse(context, throttleCode(action));
  if (refused) flow.throttled++;
  else flow.acceptedTimes.push(now);
  return refused;
}

/** The gateway's own code goes before those of the service. */
function throttleCode({ service }: Action): string {
  for (const { codes } of [service.envelope, { codes: service.errors }])
    for (const [code, { causes }] of codes) if (causes.includes("throttle")) return code;
  throw new Error(`no code of ${service.id} speaks of too many calls`);
}
