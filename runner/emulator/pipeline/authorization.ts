/** The signature: verified by the protocol, its denial turned into the family's code. */
import { isInConflict } from "../conflicts.ts";
import { verifierLeniency } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { regionOf } from "../test-credentials.ts";

export function authorization(context: RequestContext): EmulatorRefusal | undefined {
  const { protocol, received, request, service, emulator } = context;
  if (!protocol || !received) return undefined;
  const region = regionOf(service?.id);
  const denial = protocol.verify(request, received, {
    now: context.now,
    credentialScope: service?.credentialScope ?? received.service ?? "",
    ...(region === undefined ? {} : { region }),
    secretOf: emulator.secretOf,
    leniency: verifierLeniency(emulator.leniencies),
  });
  if (denial === null) return isDisputedTime(context);
  const code = context.codes.denied[denial];
  // It is looked at last, so that nothing else is wrong.
  if (denial === "token" && tokenIsOpen(context)) return refuseUndocumented(context, { breach: denial }, [code]);
  return refuse(context, code, { breach: denial });
}

/** The emulator's keys need none, so that any token is one too many. */
const tokenIsOpen = ({ common }: RequestContext): boolean =>
  common.some((c) => c.asDocumented.name === "Token" && c.refusals.get("unknown")?.level === "may");

/** A time that is good by one page and too far off by another. */
function isDisputedTime(context: RequestContext): EmulatorRefusal | undefined {
  const window = context.common.find((c) => c.conflicts.length > 0 && "x-window" in c.schema);
  if (!window || !isInConflict(window.conflicts)(Math.abs(signatureAgeSeconds(context)))) return undefined;
  const place = { at: window.name, breach: "x-window" };
  return refuseUndocumented(context, place, window.refusals.get("x-window")?.codes);
}

/** Seconds since the request says that it was signed; less than none where that is to come. */
export function signatureAgeSeconds({ received, now }: Pick<RequestContext, "received" | "now">): number {
  const said = (name: string) => received?.common.get(name) ?? "";
  const date = said("X-Amz-Date").replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const stamp = said("X-TC-Timestamp") || said("Timestamp");
  return Math.floor(now / 1000) - (stamp === "" ? Date.parse(date) / 1000 : Number(stamp));
}
