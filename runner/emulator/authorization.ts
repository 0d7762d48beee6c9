/** The signature: verified by the protocol, its denial turned into the family's code. */
import { type Context, refuse } from "./context.ts";
import { regionOf } from "./keys.ts";
import type { Refused } from "./refused.ts";
import { forVerifying } from "./tolerances.ts";

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
  return denial ? refuse(context, context.codes.denied[denial], { breach: denial }) : undefined;
}
