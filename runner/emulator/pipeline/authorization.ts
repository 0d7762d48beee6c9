/** The signature: verified by the protocol, its denial turned into the family's code. */
import { ageOf } from "../age.ts";
import { doubts } from "../conflicts.ts";
import { forVerifying } from "../leniencies.ts";
import type { Refused } from "../refusal.ts";
import { type Context, refuse, refuseOpen } from "../request-context.ts";
import { regionOf } from "../test-credentials.ts";

export function authorization(context: Context): Refused | undefined {
  const { protocol, received, request, service, world } = context;
  if (!protocol || !received) return undefined;
  const region = regionOf(service?.id);
  const denial = protocol.verify(request, received, {
    now: context.now,
    scope: service?.scope ?? received.service ?? "",
    ...(region === undefined ? {} : { region }),
    secretOf: world.secretOf,
    tolerate: forVerifying(world.forgives),
  });
  if (denial === null) return doubtfulTime(context);
  const code = context.codes.denied[denial];
  // It is looked at last, so that nothing else is wrong.
  if (denial === "token" && tokenIsOpen(context)) return refuseOpen(context, { breach: denial }, [code]);
  return refuse(context, code, { breach: denial });
}

/** The emulator's keys need none, so that any token is one too many. */
const tokenIsOpen = ({ common }: Context): boolean =>
  common.some((c) => c.printed.name === "Token" && c.refusals.get("unknown")?.level === "may");

/** A time that is good by one page and too far off by another. */
function doubtfulTime(context: Context): Refused | undefined {
  const window = context.common.find((c) => c.conflicts.length > 0 && "x-window" in c.schema);
  if (!window || !doubts(window.conflicts)(Math.abs(ageOf(context)))) return undefined;
  const place = { at: window.name, breach: "x-window" };
  return refuseOpen(context, place, window.refusals.get("x-window")?.codes);
}
