/** The signature: verified by the protocol, its denial turned into the family's code. */
import { signatureAgeSeconds } from "../age.ts";
import { isInConflict } from "../conflicts.ts";
import { verifierLeniency } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { type RequestContext, refuse, refuseUndocumented } from "../request-context.ts";
import { regionOf } from "../test-credentials.ts";

export function authorization(context: RequestContext): EmulatorRefusal | undefined {
  const { protocol, received, request, service, world } = context;
  if (!protocol || !received) return undefined;
  const region = regionOf(service?.id);
  const denial = protocol.verify(request, received, {
    now: context.now,
    scope: service?.scope ?? received.service ?? "",
    ...(region === undefined ? {} : { region }),
    secretOf: world.secretOf,
    tolerate: verifierLeniency(world.leniencies),
  });
  if (denial === null) return isDisputedTime(context);
  const code = context.codes.denied[denial];
  // It is looked at last, so that nothing else is wrong.
  if (denial === "token" && tokenIsOpen(context)) return refuseUndocumented(context, { breach: denial }, [code]);
  return refuse(context, code, { breach: denial });
}

/** The emulator's keys need none, so that any token is one too many. */
const tokenIsOpen = ({ common }: RequestContext): boolean =>
  common.some((c) => c.printed.name === "Token" && c.refusals.get("unknown")?.level === "may");

/** A time that is good by one page and too far off by another. */
function isDisputedTime(context: RequestContext): EmulatorRefusal | undefined {
  const window = context.common.find((c) => c.conflicts.length > 0 && "x-window" in c.schema);
  if (!window || !isInConflict(window.conflicts)(Math.abs(signatureAgeSeconds(context)))) return undefined;
  const place = { at: window.name, breach: "x-window" };
  return refuseUndocumented(context, place, window.refusals.get("x-window")?.codes);
}
