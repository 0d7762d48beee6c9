/** The signature check: the protocol verifies the signature, and its failure becomes a code of the family of services. */
import { isInConflict } from "../conflicts.ts";
import { verifyLeniently } from "../leniencies.ts";
import type { EmulatorRefusal } from "../refusal.ts";
import { refuse, refuseUndocumented } from "../refuse.ts";
import type { RequestContext } from "../request-context.ts";
import { regionOf } from "../test-credentials.ts";

export function checkAuthorization(context: RequestContext): EmulatorRefusal | undefined {
  const { protocol, received, request, service, emulator } = context;
  if (!protocol || !received) return undefined;
  const region = regionOf(protocol.id);
  const failure = verifyLeniently(emulator.leniencies, (leniency) =>
    protocol.verify(request, received, {
      now: context.now,
      credentialScope: service?.credentialScope ?? received.service ?? "",
      ...(region === undefined ? {} : { region }),
      secretOf: emulator.credentialsById,
      leniency,
    }),
  );
  if (failure === null) return checkTimeConflict(context);
  const code = context.codes.authFailure[failure];
  // The protocol checks the token last, so everything else about the signature is correct.
  if (failure === "token" && isTokenUndocumented(context)) {
    return refuseUndocumented(context, { breach: failure }, [code]);
  }
  return refuse(context, code, { breach: failure });
}

/** True where no document says what a server does with a token that the key does not need. The emulator's keys need none. */
const isTokenUndocumented = ({ commonParameters }: RequestContext): boolean =>
  commonParameters.some((c) => c.asDocumented.name === "Token" && c.refusals.get("unknown")?.level === "may");

/** Refuses, if a variant does, a signing time that one documentation page accepts and another one does not. */
function checkTimeConflict(context: RequestContext): EmulatorRefusal | undefined {
  const window = context.commonParameters.find((c) => c.conflicts.length > 0 && "x-window" in c.schema);
  if (!window || !isInConflict(window.conflicts)(Math.abs(signatureAgeSeconds(context)))) return undefined;
  const details = { parameter: window.name, breach: "x-window" };
  return refuseUndocumented(context, details, window.refusals.get("x-window")?.codes);
}

/** Seconds since the signing time in the request; negative where that time is in the future. */
export function signatureAgeSeconds({ received, now }: Pick<RequestContext, "received" | "now">): number {
  const sent = (name: string) => received?.common.get(name) ?? "";
  const isoDate = sent("X-Amz-Date").replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const timestamp = sent("X-TC-Timestamp") || sent("Timestamp");
  return Math.floor(now / 1000) - (timestamp === "" ? Date.parse(isoDate) / 1000 : Number(timestamp));
}
